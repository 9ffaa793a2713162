import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'

interface MetricsServerOptions {
  readonly registry: Registry
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Whether the process does its work; always healthy when absent. */
  readonly health?: () => boolean | Promise<boolean>
  /** What `/status` shows as JSON; without it there is no such page. */
  readonly status?: () => unknown
}

/** Serves `/metrics` and `/healthz` of a process that has no HTTP interface of its own. */
export interface MetricsServer {
  /** Listens and returns the port. */
  start(): Promise<number>
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

const REQUEST_TIMEOUT_MS = 10_000
const text = 'text/plain; charset=utf-8'

export function createMetricsServer(options: MetricsServerOptions): MetricsServer {
  const server = createServer((request, response) => void respond(options, request, response))
  server.requestTimeout = REQUEST_TIMEOUT_MS
  return {
    async start() {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(options.port, options.host, () => resolve())
      })
      return portOf(server.address())
    },
    async close() {
      if (!server.listening) return
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      server.closeAllConnections()
      await closed
    },
  }
}

async function respond(
  options: MetricsServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, type, body } = await answer(options, request).catch((error: unknown) => ({
    status: 500,
    type: text,
    body: `${String(error)}\n`,
  }))
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function answer(
  { registry, health = () => true, status }: MetricsServerOptions,
  request: IncomingMessage,
): Promise<Answer> {
  const path = request.url?.split('?')[0]
  if (path === '/metrics') {
    return { status: 200, type: registry.contentType, body: await registry.metrics() }
  }
  if (path === '/status' && status !== undefined) {
    return { status: 200, type: 'application/json', body: `${JSON.stringify(status(), null, 2)}\n` }
  }
  if (path !== '/healthz') return { status: 404, type: text, body: 'not found\n' }
  return (await health())
    ? { status: 200, type: text, body: 'ok\n' }
    : { status: 503, type: text, body: 'unhealthy\n' }
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address !== null) return address.port
  throw new TypeError('The metrics server does not listen on a TCP port')
}

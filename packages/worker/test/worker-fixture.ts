import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { createLogger } from '@cirrus/logging'
import { freePort } from '@cirrus/servers'
import type { ChangeContext, DomainInput, NodeInput } from '@cirrus/store'
import { createWorker, loadWorkerConfig } from '../src/index.ts'

export const context: ChangeContext = { caller: 'test', requestId: 'request-1' }

export const news: DomainInput = {
  name: 'news.demo.test',
  origins: [{ scheme: 'http', host: '127.0.0.1', port: 9001 }],
  env: 'production',
  team: 'newsroom',
  business: 'news',
}

export type LogLine = Readonly<Record<string, unknown>>

export interface TestWorker {
  readonly lines: readonly LogLine[]
  /** Value of a series, written as Prometheus does; undefined where it is not exported. */
  sample(series: string): Promise<number | undefined>
  /** Status of `/healthz`. */
  health(): Promise<number>
  stop(): Promise<void>
}

/** A worker in this process, with intervals of a second. */
export async function startTestWorker(
  redisUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<TestWorker> {
  const port = await freePort()
  const lines: LogLine[] = []
  const config = loadWorkerConfig({
    CIRRUS_WORKER_REDIS_URL: redisUrl,
    CIRRUS_WORKER_PORT: String(port),
    CIRRUS_WORKER_NODE_HEALTH_INTERVAL_SECS: '1',
    CIRRUS_WORKER_CERTIFICATE_INTERVAL_SECS: '1',
    ...settings,
  })
  const logger = createLogger({
    service: 'worker',
    env: config.env,
    level: config.logLevel,
    destination: { write: (text) => void lines.push(JSON.parse(text)) },
  })
  const worker = createWorker(config, { logger })
  await worker.start().catch(async (error: unknown) => {
    await worker.stop('failed')
    throw error
  })
  return { lines, ...scraper(port), stop: () => worker.stop('test') }
}

/** Reads `/metrics` and `/healthz` of a worker on 127.0.0.1. */
export function scraper(port: number): Pick<TestWorker, 'sample' | 'health'> {
  return {
    async sample(series) {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`)
      const line = (await response.text()).split('\n').find((one) => one.startsWith(`${series} `))
      return line === undefined ? undefined : Number(line.slice(series.length))
    },
    async health() {
      return (await fetch(`http://127.0.0.1:${port}/healthz`)).status
    },
  }
}

export interface TestNode {
  readonly input: NodeInput
  /** What it does from now on; at first it answers 200. */
  answer: (request: IncomingMessage, response: ServerResponse) => void
  readonly requests: () => number
  stop(): Promise<void>
}

export const healthy: TestNode['answer'] = (_, response) => void response.end('ok')
export const unhealthy: TestNode['answer'] = (_, response) => void response.writeHead(503).end()

/** An HTTP server that stands in for an edge, as far as its health goes. */
export async function startTestNode(id: string): Promise<TestNode> {
  let count = 0
  const server = createServer((request, response) => {
    count += 1
    node.answer(request, response)
  })
  const port = await freePort()
  const node: TestNode = {
    input: { id, address: '127.0.0.1', health_port: port },
    answer: healthy,
    requests: () => count,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return node
}

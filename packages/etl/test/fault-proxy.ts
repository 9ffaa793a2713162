import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A request of the export, as the fault sees it. */
export interface ProxiedRequest {
  readonly kind: 'count' | 'lines'
  readonly parameters: URLSearchParams
  /** How many requests of this kind came before. */
  readonly index: number
}

/** What goes wrong with a request; undefined lets it pass. */
export type Fault =
  | { readonly status: number }
  | { readonly closes: true }
  /** Keeps only so many entries of the answer. */
  | { readonly keeps: (entries: number) => number }
  | undefined

/** Stands before Loki and does to answers what is asked of it. */
export async function startFaultProxy(
  lokiUrl: string,
  faultOf: (request: ProxiedRequest) => Fault,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const seen = { count: 0, lines: 0 }
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', lokiUrl)
    const kind = pathname.endsWith('/query_range') ? 'lines' : 'count'
    const fault = faultOf({ kind, parameters: searchParams, index: seen[kind]++ })
    answer({ request, response, lokiUrl }, fault).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly lokiUrl: string
}

async function answer({ request, response, lokiUrl }: Exchange, fault: Fault): Promise<void> {
  if (fault && 'closes' in fault) {
    response.destroy()
    return
  }
  if (fault && 'status' in fault) {
    response.writeHead(fault.status).end('as told')
    return
  }
  const real = await fetch(`${lokiUrl}${request.url}`, {
    headers: { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' },
    signal: AbortSignal.timeout(20_000),
  })
  const body = await real.text()
  response.writeHead(real.status).end(fault && real.ok ? shorten(body, fault.keeps) : body)
}

function shorten(body: string, keeps: (entries: number) => number): string {
  const answered = JSON.parse(body)
  const streams: { values: unknown[] }[] = answered.data.result
  let left = keeps(streams.reduce((sum, { values }) => sum + values.length, 0))
  for (const stream of streams) {
    stream.values = stream.values.slice(0, left)
    left -= stream.values.length
  }
  return JSON.stringify(answered)
}

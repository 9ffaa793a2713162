import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import {
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  createServer,
  request,
} from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { type RunningEdge, waitUntil } from '@cirrus/servers'
import { Redis } from 'ioredis'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Ask {
  readonly host: string
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One HTTP request to an edge, on a connection of its own. */
export function ask(edge: Pick<RunningEdge, 'httpPort'>, { host, ...rest }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { path = '/', method = 'GET', headers = {} } = rest
    const options = {
      host: '127.0.0.1',
      port: edge.httpPort,
      path,
      method,
      headers: { ...headers, host },
    }
    const sent = request({ ...options, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (body += chunk))
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      )
    })
    sent.once('error', reject)
    sent.end()
  })
}

/** What the cache did, as the client is told. */
export async function verdict(edge: RunningEdge, asked: Ask): Promise<string | undefined> {
  const { headers } = await ask(edge, asked)
  return headers['x-cache']?.toString()
}

/** Sends bytes as they are, and reads until the edge closes the connection. */
export function sendRaw(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let reply = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      reply += chunk
      socket.end()
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(reply))
    socket.write(bytes)
  })
}

export interface Origin {
  readonly port: number
  /** Requests received, as "METHOD path". */
  readonly received: string[]
  readonly lastHeaders: () => IncomingHttpHeaders
  stop(): Promise<void>
}

/** An origin that answers "path" with a minute to live, or what `answer` says. */
export async function startOrigin(answer?: RequestListener): Promise<Origin> {
  const received: string[] = []
  let headers: IncomingHttpHeaders = {}
  const server = createServer((incoming, response) => {
    received.push(`${incoming.method} ${incoming.url}`)
    headers = incoming.headers
    if (answer) return answer(incoming, response)
    response.setHeader('cache-control', 'max-age=60')
    response.end(incoming.url)
  })
  const port = await listen(server)
  return {
    port,
    received,
    lastHeaders: () => headers,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve(port)
    })
  })
}

/** A client that waits for Redis to come back instead of failing. */
export function redisClient(url: string): Redis {
  const client = new Redis(url, { retryStrategy: () => 100, maxRetriesPerRequest: 50 })
  client.on('error', () => {})
  return client
}

/** Writes a domain document as the control plane does. */
export async function putDomain(redis: Redis, name: string, document: object): Promise<void> {
  const owner = { env: 'production', team: 'newsroom', business: 'news' }
  await redis.set(`cdn:dom:${name}`, JSON.stringify({ name, ...owner, ...document }))
}

export function originOf(port: number, more: object = {}): object {
  return { scheme: 'http', host: '127.0.0.1', port, weight: 1, ...more }
}

/** Purges as the control plane does: the stream is the truth, the channel a hint. */
export async function purge(redis: Redis, domain: string, path?: string): Promise<void> {
  const message = { id: 'purge-1', domain, ...(path !== undefined && { path }) }
  const seq = await redis.xadd('cdn:purges', '*', 'message', JSON.stringify(message))
  await redis.publish('cdn:purge', JSON.stringify({ ...message, seq }))
}

export type LogLine = Readonly<Record<string, unknown>>

/** The access log once it has `count` lines; each must be valid UTF-8 and valid JSON. */
export async function accessLog(edge: RunningEdge, count: number): Promise<readonly LogLine[]> {
  const lines = await waitUntil(
    async () => {
      const bytes = await readFile(edge.accessLogFile)
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      const found = text.split('\n').slice(0, -1)
      return found.length >= count ? found : undefined
    },
    { what: `${count} log lines` },
  )
  return lines.map((line) => JSON.parse(line))
}

/** Values of a metric's samples by their label text. */
export async function scrape(edge: RunningEdge): Promise<ReadonlyMap<string, number>> {
  const text = await scrapeText(edge)
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    samples.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space + 1))]
    }),
  )
}

/** On a connection of its own: a reload closes those that an old worker kept alive. */
export async function scrapeText({ metricsPort }: RunningEdge): Promise<string> {
  const { body } = await ask({ httpPort: metricsPort }, { host: '127.0.0.1', path: '/metrics' })
  return body
}

export interface Certificate {
  readonly certificate: string
  readonly key: string
}

/** A self-signed certificate for one name, valid for a day. */
export async function makeCertificate(directory: string, name: string): Promise<Certificate> {
  const [crt, key] = [join(directory, `${name}.crt`), join(directory, `${name}.key`)]
  const command = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1'
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  execFileSync('openssl', [...command.split(' '), ...subject, '-keyout', key, '-out', crt], {
    stdio: 'ignore',
  })
  return { certificate: await readFile(crt, 'utf8'), key: await readFile(key, 'utf8') }
}

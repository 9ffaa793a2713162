import { createLogger } from '@cirrus/logging'
import { type RunningRedis, startRedis } from '@cirrus/servers'
import { type ConnectedStore, connectStore } from '@cirrus/store'
import type { InjectOptions } from 'fastify'
import { Registry } from 'prom-client'
import { type App, buildApp } from '../src/index.ts'

export const masterToken = 'master-token-of-tests'

export const settings = {
  origins: [{ scheme: 'http', host: '127.0.0.1', port: 9001 }],
  env: 'production',
  team: 'newsroom',
  business: 'news',
}
export const news = { name: 'news.demo.test', ...settings }

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  // Bodies are JSON whose shape each test states in its expectation.
  readonly body: unknown
}

export interface TestApi {
  readonly app: App
  readonly store: ConnectedStore
  readonly redis: RunningRedis
  readonly port: number
  readonly lines: readonly Readonly<Record<string, unknown>>[]
  /** Sends a request with the master token. */
  call(method: InjectOptions['method'], url: string, options?: CallOptions): Promise<Answer>
  /** The log line of an answer. */
  lineOf(answer: Answer): Readonly<Record<string, unknown>> | undefined
  close(): Promise<void>
}

interface CallOptions {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** The API on a Redis of its own, listening on a free port. */
export async function startApi(): Promise<TestApi> {
  const redis = await startRedis()
  const store = await connectStore({ url: redis.url })
  const lines: Record<string, unknown>[] = []
  const logger = createLogger({
    service: 'api',
    env: 'development',
    level: 'debug',
    destination: { write: (text) => void lines.push(JSON.parse(text)) },
  })
  const app = await buildApp({ config: { masterToken }, store, registry: new Registry(), logger })
  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  return {
    app,
    store,
    redis,
    port: Number(address.port),
    lines,
    async call(method = 'GET', url, { body, headers = {} } = {}) {
      const response = await app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${masterToken}`, ...jsonType(body), ...headers },
        ...(body === undefined
          ? {}
          : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const { statusCode: status, body: text } = response
      return { status, headers: response.headers, text, body: parse(text) }
    },
    lineOf: (answer) => lines.find((line) => line['request_id'] === answer.headers['x-request-id']),
    async close() {
      await app.close()
      await store.close()
      await redis.stop()
    },
  }
}

function jsonType(body: unknown): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json' }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

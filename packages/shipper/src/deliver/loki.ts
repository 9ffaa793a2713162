import { type LabelValues, logLabelNames, type shipperMetrics } from '@cirrus/catalog'
import { describeError } from '@cirrus/errors'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { StreamLabels } from '../streams/fold-labels.ts'

export type PushResult = LabelValues<typeof shipperMetrics.pushes>['result']

export interface PushAnswer {
  readonly result: PushResult
  /** HTTP status; absent when there was no answer. */
  readonly status?: number
  /** What the log store, or the network, said. */
  readonly text: string
}

export interface LokiOptions {
  /** Base address, without `/loki/api/v1/push`. */
  readonly url: string
  /** Sent as `X-Scope-OrgID`. */
  readonly tenant?: string
  readonly timeoutMs?: number
}

/** The lines of a stream that were stamped within a range. */
export interface StampRange {
  readonly firstNs: string
  readonly lastNs: string
  /** At most so many. */
  readonly count: number
}

export interface LogStore {
  /** Sends encoded entries of one stream. */
  push(stream: string, entries: string, signal: AbortSignal): Promise<PushAnswer>
  /** The stamps of lines that are stored; empty also where the log store does not tell. */
  storedStamps(stream: string, range: StampRange, signal: AbortSignal): Promise<ReadonlySet<string>>
}

interface Answer {
  readonly status: number
  readonly text: string
}

interface QueryAnswer {
  readonly data: {
    readonly result: readonly {
      readonly values: readonly (readonly [ns: string, line: string])[]
    }[]
  }
}

const TIMEOUT_MS = 10_000
const jsonHeaders = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
const compress = promisify(gzip)

/**
 * A Loki to push to.
 *
 * One stream per request: Loki answers 204 although it dropped lines of any stream but the last.
 */
export function createLoki({ url, tenant, timeoutMs = TIMEOUT_MS }: LokiOptions): LogStore {
  const base = new URL('loki/api/v1/', url.endsWith('/') ? url : `${url}/`)
  const tenantHeader = tenant === undefined ? {} : { 'x-scope-orgid': tenant }

  async function send(path: string, request: RequestInit, signal: AbortSignal): Promise<Answer> {
    const headers = { ...request.headers, ...tenantHeader }
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
    const response = await fetch(new URL(path, base), { ...request, headers, signal: timeout })
    return { status: response.status, text: await response.text() }
  }

  return {
    async push(stream, entries, signal) {
      const text = `{"streams":[{"stream":${stream},"values":[${entries}]}]}`
      const body = await compress(text, { level: 1 })
      try {
        const answer = await send('push', { method: 'POST', headers: jsonHeaders, body }, signal)
        return { result: resultOf(answer.status), ...answer }
      } catch (error) {
        return { result: 'unavailable', text: describeError(error) }
      }
    },
    async storedStamps(stream, range, signal) {
      try {
        const request = { headers: { 'cache-control': 'no-cache' } }
        const path = `query_range?${stampQuery(stream, range)}`
        const { status, text } = await send(path, request, signal)
        return new Set(status === 200 ? stampsOf(text) : [])
      } catch {
        // No answer, or the page of some other server.
        return new Set()
      }
    },
  }
}

/** Asks for nothing but stamps: no line, no metadata. */
function stampQuery(stream: string, { firstNs, lastNs, count }: StampRange): URLSearchParams {
  const labels: StreamLabels = JSON.parse(stream)
  // A label that is absent equals the empty text; without it other streams would match too.
  const matchers = logLabelNames.map((name) => `${name}=${JSON.stringify(labels[name] ?? '')}`)
  return new URLSearchParams({
    query: `{${matchers.join(', ')}} | keep none | line_format ""`,
    start: firstNs,
    end: String(BigInt(lastNs) + 1n),
    limit: String(count),
    direction: 'forward',
  })
}

function stampsOf(text: string): readonly string[] {
  const { data }: QueryAnswer = JSON.parse(text)
  return data.result.flatMap(({ values }) => values.map(([ns]) => ns))
}

/**
 * Only 400, 413 and 422 are about the lines. Everything else (a wrong address or credential, a proxy
 * in between) can be mended while the lines wait.
 */
function resultOf(status: number): PushResult {
  if (status === 204) return 'accepted'
  if (status === 429) return 'throttled'
  return [400, 413, 422].includes(status) ? 'rejected' : 'unavailable'
}

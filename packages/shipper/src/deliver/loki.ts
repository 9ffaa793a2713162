import type { LabelValues, shipperMetrics } from '@cirrus/catalog'
import { describeError } from '@cirrus/errors'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

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

/** Sends lines to a log store. */
export interface LogStore {
  push(stream: string, entries: string, signal: AbortSignal): Promise<PushAnswer>
}

const PUSH_TIMEOUT_MS = 10_000
const MAX_ANSWER_LENGTH = 4096
const compress = promisify(gzip)

/**
 * A Loki to push to.
 *
 * One stream per request: Loki answers 204 although it dropped lines of any stream but the last.
 */
export function createLoki({ url, tenant, timeoutMs = PUSH_TIMEOUT_MS }: LokiOptions): LogStore {
  const endpoint = new URL('loki/api/v1/push', url.endsWith('/') ? url : `${url}/`)
  const headers = {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    ...(tenant === undefined ? {} : { 'x-scope-orgid': tenant }),
  }
  return {
    async push(stream, entries, signal) {
      const text = `{"streams":[{"stream":${stream},"values":[${entries}]}]}`
      const body = await compress(text, { level: 1 })
      try {
        const timeout = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
        const response = await fetch(endpoint, { method: 'POST', headers, body, signal: timeout })
        const answer = (await response.text()).slice(0, MAX_ANSWER_LENGTH)
        return { result: resultOf(response.status), status: response.status, text: answer }
      } catch (error) {
        return { result: 'unavailable', text: describeError(error) }
      }
    },
  }
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

import { setTimeout as delay } from 'node:timers/promises'
import { countLines, sumBytes } from './access-log-query.ts'
import { LokiRefusedError, LokiUnavailableError } from './errors.ts'
import { type LogEntry, parseEntries, parseNumber } from './loki-response.ts'
import { type Span, toWindow } from './span.ts'

export interface LokiClientOptions {
  readonly url: string
  /** Sent as `X-Scope-OrgID`. */
  readonly tenant?: string
  /** LogQL for the lines that are read. */
  readonly selector: string
  readonly fetch: typeof fetch
  readonly timeoutMs: number
  /** How often a request is sent before it counts as failed. */
  readonly attempts: number
  /** Pause before the second attempt; doubles with each further one. */
  readonly backoffMs: number
  readonly signal: AbortSignal
}

/** Where lines are read from and counted. */
export interface LogSource {
  countLines(span: Span): Promise<number>
  sumBytes(span: Span): Promise<number>
  /** Up to `limit` lines of a span; fewer do not mean that there are no more. */
  readLines(span: Span, limit: number): Promise<readonly LogEntry[]>
}

/**
 * Reads one selector from Loki.
 *
 * Every method throws {@link LokiUnavailableError} when no attempt gave a whole answer, and
 * {@link LokiRefusedError} when Loki will not do it.
 */
export class LokiClient implements LogSource {
  readonly #options: LokiClientOptions
  #requests = 0

  constructor(options: LokiClientOptions) {
    this.#options = options
  }

  /** Requests sent so far. */
  get requests(): number {
    return this.#requests
  }

  async countLines(span: Span): Promise<number> {
    return this.#askInstant(countLines(this.#options.selector, span), span)
  }

  async sumBytes(span: Span): Promise<number> {
    return this.#askInstant(sumBytes(this.#options.selector, span), span)
  }

  async readLines(span: Span, limit: number): Promise<readonly LogEntry[]> {
    const { startNs, endNs } = toWindow(span)
    const query = {
      query: this.#options.selector,
      start: String(startNs),
      end: String(endNs),
      limit: String(limit),
      direction: 'forward',
    }
    return this.#ask('/loki/api/v1/query_range', query, parseEntries)
  }

  /** A range `[w]` reaches from `time − w`, excluded, to `time`, included: one before the end. */
  async #askInstant(query: string, span: Span): Promise<number> {
    const time = String(toWindow(span).endNs - 1n)
    return this.#ask('/loki/api/v1/query', { query, time }, parseNumber)
  }

  async #ask<T>(
    path: string,
    query: Readonly<Record<string, string>>,
    parse: (body: unknown) => T,
  ): Promise<T> {
    const { attempts, backoffMs, signal, url } = this.#options
    let cause: unknown
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0) await delay(backoffMs * 2 ** (attempt - 1), undefined, { signal })
      try {
        return parse(await this.#request(`${path}?${new URLSearchParams(query)}`))
      } catch (error) {
        if (error instanceof LokiRefusedError) throw error
        signal.throwIfAborted()
        cause = error
      }
    }
    throw new LokiUnavailableError(url, attempts, { cause })
  }

  async #request(path: string): Promise<unknown> {
    const { url, tenant, fetch, timeoutMs, signal } = this.#options
    this.#requests += 1
    const response = await fetch(`${url}${path}`, {
      headers: {
        'Cache-Control': 'no-cache',
        // Without it, lines that differ in structured metadata come as streams of their own.
        'X-Loki-Response-Encoding-Flags': 'categorize-labels',
        ...(tenant === undefined ? {} : { 'X-Scope-OrgID': tenant }),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    const body = await response.text()
    if (response.ok) return JSON.parse(body)
    const reason = body.trim().slice(0, 300)
    const mayRecover = response.status === 429 || response.status >= 500
    if (!mayRecover) throw new LokiRefusedError(url, response.status, reason)
    throw new Error(`Status ${response.status}: ${reason}`)
  }
}

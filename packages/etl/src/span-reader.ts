import { describeError } from '@cirrus/errors'
import { LokiUnavailableError } from './errors.ts'
import type { LogSource } from './loki-client.ts'
import type { LogEntry } from './loki-response.ts'
import { type Span, splitSpan } from './span.ts'

/** What could not be read, and why. */
export interface Gap {
  readonly span: Span
  readonly reason: string
}

/** Takes the lines of one span, all of them. */
export type TakePage = (entries: readonly LogEntry[]) => Promise<void>

/** A page that Loki cannot deliver is halved so often before it counts as lost. */
const MAX_HALVINGS = 5

/**
 * Reads spans so that no line is missing and none comes twice.
 *
 * Loki may return fewer lines than there are without saying so (a sharded query drops a shard when
 * its merge heap is full), so a page counts only when it holds as many lines as Loki counts in the
 * same span. Spans are cut until that is so, or until they can be cut no further.
 */
export class SpanReader {
  readonly #source: LogSource
  readonly #maxLines: number
  readonly #takePage: TakePage

  constructor(source: LogSource, maxLines: number, takePage: TakePage) {
    this.#source = source
    this.#maxLines = maxLines
    this.#takePage = takePage
  }

  /**
   * Reads a span; returns the first gap, after which nothing more is read.
   *
   * @throws {LokiUnavailableError} when Loki cannot even count
   */
  async read(span: Span, halvings = 0): Promise<Gap | undefined> {
    const lines = await this.#source.countLines(span)
    if (lines === 0) return undefined
    if (lines > this.#maxLines) {
      const reason = `it holds ${lines} lines, more than a page of ${this.#maxLines}`
      return this.#readParts({ span, reason }, Math.ceil(lines / this.#maxLines), halvings)
    }
    const page = await this.#readPage(span)
    if (page instanceof LokiUnavailableError) {
      const gap = { span, reason: describeError(page) }
      return halvings < MAX_HALVINGS ? this.#readParts(gap, 2, halvings + 1) : gap
    }
    // A line may have arrived since it was counted, so the count is asked again before it is doubted.
    if (page.length !== lines && page.length !== (await this.#source.countLines(span))) {
      const reason = `Loki counts ${lines} lines and returns ${page.length}`
      return this.#readParts({ span, reason }, 2, halvings)
    }
    await this.#takePage(page)
    return undefined
  }

  async #readPage(span: Span): Promise<readonly LogEntry[] | LokiUnavailableError> {
    try {
      return await this.#source.readLines(span, this.#maxLines)
    } catch (error) {
      if (error instanceof LokiUnavailableError) return error
      throw error
    }
  }

  async #readParts(gap: Gap, parts: number, halvings: number): Promise<Gap | undefined> {
    const spans = splitSpan(gap.span, parts)
    if (spans.length === 1) return gap
    for (const span of spans) {
      const inner = await this.read(span, halvings)
      if (inner !== undefined) return inner
    }
    return undefined
  }
}

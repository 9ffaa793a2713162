import { logEvents } from '@cirrus/catalog'
import { type RenderContext, linesOf, render } from '@cirrus/queries'
import type { Span } from './span.ts'

// Lines are selected, not counted by the printer, so neither windows nor filters are wanted.
const context: RenderContext = { windows: { promql: '', logql: '' }, filters: {} }

/** LogQL for the access log lines of the edges, of one domain or of all. */
export function selectAccessLog(domain?: string): string {
  return render(linesOf(logEvents.edgeRequest, domain === undefined ? {} : { domain }), context)
}

/** LogQL for how many lines a span holds, asked at the instant {@link lastInstantNs}. */
export function countLines(selector: string, span: Span): string {
  return `sum(count_over_time(${selector} [${lengthMs(span)}ms]))`
}

/** LogQL for how many bytes of lines a span holds, asked at the instant {@link lastInstantNs}. */
export function sumBytes(selector: string, span: Span): string {
  return `sum(bytes_over_time(${selector} [${lengthMs(span)}ms]))`
}

function lengthMs({ startMs, endMs }: Span): number {
  return endMs - startMs
}

import type { Window } from '@cirrus/warehouse'

/**
 * A stretch of time, start included, end excluded; milliseconds since 1970.
 *
 * Milliseconds, because Loki parses no shorter range: what it cannot count cannot be verified.
 */
export interface Span {
  readonly startMs: number
  readonly endMs: number
}

const NS_PER_MS = 1_000_000n

export function toWindow({ startMs, endMs }: Span): Window {
  return { startNs: BigInt(startMs) * NS_PER_MS, endNs: BigInt(endMs) * NS_PER_MS }
}

/** Cuts a span into at most `parts` spans of about one length; one that is 1 ms long stays whole. */
export function splitSpan({ startMs, endMs }: Span, parts: number): readonly Span[] {
  const stepMs = Math.ceil((endMs - startMs) / parts)
  return cut({ startMs, endMs }, (atMs) => atMs + stepMs)
}

/**
 * Cuts a span at the multiples of `gridMs`, so that exports which overlap are cut at the same places
 * and write the same files.
 */
export function splitOnGrid(span: Span, gridMs: number): readonly Span[] {
  return cut(span, (atMs) => (Math.floor(atMs / gridMs) + 1) * gridMs)
}

/** Joins spans that follow each other. */
export function joinSpans(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = []
  for (const { startMs, endMs } of spans) {
    const last = joined.at(-1)
    if (last?.endMs === startMs) joined.splice(-1, 1, { startMs: last.startMs, endMs })
    else joined.push({ startMs, endMs })
  }
  return joined
}

function cut({ startMs, endMs }: Span, next: (atMs: number) => number): readonly Span[] {
  const spans: Span[] = []
  for (let atMs = startMs; atMs < endMs;) {
    const untilMs = Math.min(next(atMs), endMs)
    spans.push({ startMs: atMs, endMs: untilMs })
    atMs = untilMs
  }
  return spans
}

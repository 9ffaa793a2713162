const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d{1,9})\d*)?(?:Z|[+-]\d\d:\d\d)$/

/** Nanoseconds since the epoch of an RFC 3339 time; `undefined` where it is none. */
export function parseTimeNs(text: string): bigint | undefined {
  const match = RFC_3339.exec(text)
  const wholeMs = match === null ? Number.NaN : Date.parse(text)
  if (Number.isNaN(wholeMs)) return undefined
  const belowMs = (match?.[1] ?? '').padEnd(9, '0').slice(3)
  return msToNs(wholeMs) + BigInt(belowMs)
}

export function msToNs(ms: number): bigint {
  return BigInt(Math.floor(ms)) * 1_000_000n
}

export function nsToMs(ns: bigint): number {
  return Number(ns / 1_000_000n)
}

/** RFC 3339 in UTC of a local time that a server without time zones in its log wrote. */
export function localTime(parts: readonly (string | undefined)[]): string | undefined {
  const [year = 0, month = 1, day = 0, hour = 0, minute = 0, second = 0, ms = 0] = parts.map(Number)
  const date = new Date(year, month - 1, day, hour, minute, second, ms)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
}

const part = /(\d+(?:\.\d+)?)(ns|us|µs|ms|[smhdwy])/y

/** Seconds of a duration such as `1h30m` or of a plain number; `undefined` of anything else. */
export function durationSeconds(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  let seconds = 0
  part.lastIndex = 0
  while (part.lastIndex < text.length) {
    const match = part.exec(text)
    if (match === null) return undefined
    seconds += Number(match[1]) * (unitSeconds[match[2] ?? ''] ?? Number.NaN)
  }
  return text === '' ? undefined : seconds
}

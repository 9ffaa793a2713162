// A duration is a number of seconds everywhere; text is made when a query or rule is rendered.

export function minutes(count: number): number {
  return count * 60
}

export function hours(count: number): number {
  return count * 3600
}

export function days(count: number): number {
  return count * 86_400
}

const unitsMs = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const

/** A duration as Prometheus and Loki write it: `1h30m`, `500ms`. */
export function formatDuration(seconds: number): string {
  let restMs = Math.round(seconds * 1000)
  if (!(restMs >= 0)) throw new RangeError(`Cannot format the duration ${seconds}`)
  if (restMs === 0) return '0s'
  let text = ''
  for (const [unit, sizeMs] of unitsMs) {
    const count = Math.floor(restMs / sizeMs)
    if (count > 0) text += `${count}${unit}`
    restMs -= count * sizeMs
  }
  return text
}

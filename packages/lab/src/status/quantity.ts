/** Numbers as people read them at a glance; "–" where there is none. */
const NONE = '–'

export function formatRate(value: number | undefined): string {
  return value === undefined ? NONE : `${trim(value)}/s`
}

export function formatShare(value: number | undefined): string {
  if (value === undefined) return NONE
  const percent = value * 100
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} %`
}

export function formatSeconds(value: number | undefined): string {
  if (value === undefined) return NONE
  return value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${trim(value)} s`
}

export function formatCount(value: number | undefined): string {
  return value === undefined ? NONE : Math.round(value).toLocaleString('en-GB')
}

export function formatBytes(value: number | undefined): string {
  if (value === undefined) return NONE
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const step = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), units.length - 1)
  return `${trim(value / 1000 ** step)} ${units[step] ?? 'B'}`
}

/** A length of time in its two largest units: "3 h 12 min". */
export function formatSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 24
    ? `${hours} h ${minutes % 60} min`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

function trim(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

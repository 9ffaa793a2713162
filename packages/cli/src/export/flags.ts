import { InvalidArgumentError } from 'commander'

export const reportFormats = ['table', 'json', 'csv'] as const

export type ReportFormat = (typeof reportFormats)[number]

const unitsMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

export function toDurationMs(text: string): number {
  const [, count, unit = ''] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? []
  const unitMs = unitsMs[unit]
  if (count !== undefined && unitMs !== undefined) return Number(count) * unitMs
  throw new InvalidArgumentError('It must be a number with s, m, h or d, like 15m.')
}

const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/

export function toInstant(text: string): Date {
  const date = new Date(text)
  if (instant.test(text) && !Number.isNaN(date.getTime())) return date
  throw new InvalidArgumentError(
    'It must be a date, which begins at 00:00 UTC, or a time with its zone, like 2026-11-01T12:00:00Z.',
  )
}

/** Kept as text: prices are decimals, not floating point. */
export function toPrice(text: string): string {
  if (/^\d{1,3}(\.\d{1,6})?$/.test(text)) return text
  throw new InvalidArgumentError('It must be a decimal number below 1000, like 0.04.')
}

export function toUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text
  throw new InvalidArgumentError('It must be a URL, like http://127.0.0.1:3100.')
}

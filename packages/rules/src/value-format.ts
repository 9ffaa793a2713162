import type { Quantity } from '@cirrus/queries'

interface ValueFormat {
  /** Go template that prints `$value`. */
  readonly template: string
  /** The same in TypeScript, for the expected texts of rule tests. */
  readonly format: (value: number) => string
}

const plain: ValueFormat = {
  template: '{{ $value | printf "%.0f" }}',
  format: (value) => value.toFixed(0),
}
const decimal: ValueFormat = {
  template: '{{ $value | printf "%.2f" }}',
  format: (value) => value.toFixed(2),
}
const percentage: ValueFormat = {
  template: '{{ $value | humanizePercentage }}',
  format: (value) => `${fourDigits(value * 100)}%`,
}
const duration: ValueFormat = {
  template: '{{ $value | humanizeDuration }}',
  format: humanizeDuration,
}

/** How the value of an alert is written, by the unit of its signal. */
export const valueFormats = {
  count: plain,
  boolean: plain,
  timestamp: plain,
  bytes: plain,
  ratio: percentage,
  seconds: duration,
  'count/s': decimal,
  'bytes/s': plain,
  'cost/h': decimal,
} as const satisfies Record<Quantity, ValueFormat>

/** As Go writes `%.4g`: an exponent where four digits do not reach. */
function fourDigits(value: number): string {
  const text = String(Number(value.toPrecision(4)))
  if (Math.abs(Number(text)) < 10_000) return text
  const [digits = '', exponent = ''] = Number(text).toExponential().split('e+')
  return `${digits}e+${exponent.padStart(2, '0')}`
}

function humanizeDuration(value: number): string {
  if (value === 0) return '0s'
  const size = Math.abs(value)
  if (size < 1) return `${fourDigits(value * 1000)}ms`
  const sign = value < 0 ? '-' : ''
  if (size < 60) return `${sign}${fourDigits(size)}s`
  const [days, hours, minutes, seconds] = [86_400, 3600, 60, 1].map((unit, index) =>
    Math.floor(index === 0 ? size / unit : (size / unit) % (index === 1 ? 24 : 60)),
  )
  const parts = [`${days}d`, `${hours}h`, `${minutes}m`, `${seconds}s`]
  return sign + parts.slice(days ? 0 : hours ? 1 : 2).join(' ')
}

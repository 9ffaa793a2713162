import type { Signal } from '@cirrus/queries'
import {
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'

const good = 'green'
const severityColors = [
  ['ticket', 'yellow'],
  ['page', 'red'],
] as const

/** The thresholds of a signal as Grafana's colour steps; all good where it has none. */
export function thresholdsOf(signal: Signal | undefined): ThresholdsConfigBuilder {
  const steps = signal ? toSteps(signal) : [{ value: null, color: good }]
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps)
}

/** Each step colours values from its own upwards; the first, without a value, all below. */
export function toSteps({ thresholds, direction }: Signal): Threshold[] {
  const limits = severityColors.flatMap(([severity, color]) => {
    const value = thresholds[severity]
    return value === undefined ? [] : [{ value, color }]
  })
  if (direction !== 'lower_is_worse') return [{ value: null, color: good }, ...limits]
  const worstFirst = limits.toReversed()
  const colors = [...worstFirst.map(({ color }) => color), good]
  return colors.map((color, index) => ({ value: worstFirst[index - 1]?.value ?? null, color }))
}

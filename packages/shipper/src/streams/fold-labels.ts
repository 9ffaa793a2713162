import {
  type Label,
  type LabelValues,
  type LogLabelName,
  OVERFLOW_VALUE,
  UNKNOWN_VALUE,
  labels as catalogLabels,
  logLabelNames,
  type shipperMetrics,
} from '@cirrus/catalog'
import type { ClaimedLabels } from '../parse/parse-line.ts'

export type GuardedLabel = LabelValues<typeof shipperMetrics.labelsFolded>['label']

/** A label value that the guard replaced by `__other__`. */
export interface Fold {
  readonly label: GuardedLabel
  readonly value: string
}

/** The labels of a stream: those of the catalog, in its order, absent ones left out. */
export type StreamLabels = Readonly<Partial<Record<LogLabelName, string>>>

const { domain, env, team, business } = catalogLabels
const guarded: Readonly<Record<GuardedLabel, Label>> = { domain, env, team, business }
const HOST_NAME = /^[a-z0-9_*](?:[a-z0-9_.-]{0,251}[a-z0-9_])?$/

/** Replaces label values that are not in the catalog, or are no host name. */
export function foldLabels(claims: ClaimedLabels, onFold: (fold: Fold) => void): StreamLabels {
  const labels: Partial<Record<LogLabelName, string>> = {}
  for (const name of logLabelNames) {
    const value = claims[name]
    if (value === undefined) continue
    // The service was taken from the catalog when the line was parsed.
    if (name === 'service' || isAllowed(name, value)) labels[name] = value
    else {
      labels[name] = OVERFLOW_VALUE
      onFold({ label: name, value })
    }
  }
  return labels
}

function isAllowed(name: GuardedLabel, value: string): boolean {
  if (value === OVERFLOW_VALUE || value === UNKNOWN_VALUE) return true
  const { values } = guarded[name]
  return values === undefined ? HOST_NAME.test(value) : values.includes(value)
}

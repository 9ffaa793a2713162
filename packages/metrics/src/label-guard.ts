import { type Metric, OVERFLOW_VALUE } from '@cirrus/catalog'

export type Labels = Readonly<Record<string, string>>

/** Keeps the values of every label within the bound that the catalog gives it. */
export interface LabelGuard {
  /** The labels, each value beyond the bound of its label replaced by `__other__`. */
  fold(labels: Labels): Labels
  /** Makes room again for values whose series is gone. */
  forget(labels: Labels): void
  reset(): void
}

export function createLabelGuard(metric: Metric): LabelGuard {
  const seen = new Map(metric.labels.map(({ name, bound }) => [name, { bound, values: new Set() }]))

  function foldValue([name, value]: [string, string]): [string, string] {
    const label = seen.get(name)
    if (label === undefined || label.values.has(value)) return [name, value]
    if (label.values.size >= label.bound) return [name, OVERFLOW_VALUE]
    label.values.add(value)
    return [name, value]
  }

  return {
    fold: (labels) => Object.fromEntries(Object.entries(labels).map(foldValue)),
    forget(labels) {
      for (const [name, value] of Object.entries(labels)) seen.get(name)?.values.delete(value)
    },
    reset() {
      for (const { values } of seen.values()) values.clear()
    },
  }
}

import type { Label } from './label.ts'
import type { Service } from './services.ts'

export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'info'

/** What a sample counts or measures; base units only, as Prometheus asks. */
export type Unit = 'count' | 'seconds' | 'bytes' | 'ratio' | 'timestamp' | 'boolean'

/** One metric as it is exported: the single definition of name, kind, labels, unit and help. */
export interface Metric<
  Name extends string = string,
  Kind extends MetricKind = MetricKind,
  Labels extends readonly Label[] = readonly Label[],
  MetricUnit extends Unit = Unit,
> {
  readonly name: Name
  readonly kind: Kind
  readonly unit: MetricUnit
  readonly help: string
  readonly labels: Labels
  /** The services that export it. */
  readonly services: readonly Service[]
  /** Upper bounds of histogram buckets, ascending, without +Inf. */
  readonly buckets?: readonly number[]
}

/** Label names of a metric as a union of string literals. */
export type LabelName<M extends Metric> = M['labels'][number]['name']

/** The object that names one series of a metric: each label with a value it may have. */
export type LabelValues<M extends Metric> = {
  readonly [L in M['labels'][number] as L['name']]: L extends Label<string, infer Value>
    ? Value
    : never
}

/** Identity at run time; at compile time keeps names, kinds and labels as literals. */
export function defineMetric<
  const Name extends string,
  const Kind extends MetricKind,
  const Labels extends readonly Label[],
  const MetricUnit extends Unit,
>(metric: Metric<Name, Kind, Labels, MetricUnit>): Metric<Name, Kind, Labels, MetricUnit> {
  return metric
}

import type { LabelValues, Metric } from '@cirrus/catalog'

/** Arguments of an instrument method: the labels come first, where the metric has any. */
type Args<M extends Metric, Rest extends readonly unknown[]> = M['labels'] extends readonly []
  ? Rest
  : [labels: LabelValues<M>, ...rest: Rest]

export interface Counter<M extends Metric> {
  inc(...args: Args<M, [by?: number]>): void
  /** Forgets one series, because what it counted is gone. */
  remove(...args: Args<M, []>): void
}

export interface Gauge<M extends Metric> {
  set(...args: Args<M, [value: number]>): void
  inc(...args: Args<M, [by?: number]>): void
  dec(...args: Args<M, [by?: number]>): void
  /** Forgets one series, because what it measured is gone. */
  remove(...args: Args<M, []>): void
  /** Forgets every series. */
  reset(): void
}

export interface Histogram<M extends Metric> {
  observe(...args: Args<M, [value: number]>): void
  /** Forgets one series, because what it measured is gone. */
  remove(...args: Args<M, []>): void
}

/** A gauge that is always 1: the facts are in its labels. */
export interface Info<M extends Metric> {
  set(...args: Args<M, []>): void
  remove(...args: Args<M, []>): void
  reset(): void
}

/** The instrument of one catalog metric: a wrong label name or value does not compile. */
export type Instrument<M extends Metric> = {
  readonly counter: Counter<M>
  readonly gauge: Gauge<M>
  readonly histogram: Histogram<M>
  readonly info: Info<M>
}[M['kind']]

/** One instrument per entry of a table of catalog metrics, under the same key. */
export type Instruments<Table extends Readonly<Record<string, Metric>>> = {
  readonly [Key in keyof Table]: Instrument<Table[Key]>
}

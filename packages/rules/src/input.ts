import {
  type Label,
  type LabelValues,
  type LogEvent,
  type LogFieldName,
  type LogLabelName,
  type Metric,
  type Service,
} from '@cirrus/catalog'
import { bucketsOf, observations } from '@cirrus/queries'

/** A series of a rule test: a straight line, or several one after the other. */
export interface InputSeries {
  readonly kind: 'series'
  readonly metric: string
  readonly labels: Readonly<Record<string, string>>
  /** A counter; else a gauge. */
  readonly counts: boolean
  readonly start: number
  readonly perSecond: number
  readonly later?: readonly Segment[]
}

/** How a series goes on from some time. */
export interface Segment {
  readonly atSeconds: number
  /** Its value then; a counter without one goes on from where it is. */
  readonly start?: number
  readonly perSecond: number
}

/** Log lines of a rule test, at a steady pace. */
export interface InputLines {
  readonly kind: 'lines'
  readonly labels: Readonly<Partial<Record<LogLabelName, string>>>
  readonly metadata: Readonly<Record<string, string>>
  readonly perSecond: number
  /** What every line says; something harmless where absent. */
  readonly text?: string
}

type InputOf = { readonly promql: InputSeries; readonly logql: InputLines }

/** What a rule of a language is fed with in its tests. */
export type Input<Lang extends keyof InputOf = keyof InputOf> = InputOf[Lang]

type Values<L extends Label> = LabelValues<Metric<string, Metric['kind'], readonly L[]>> & {
  readonly job?: Service
  readonly instance?: string
}

/** A counter that grows evenly from zero. */
export function counting<L extends Label>(
  metric: Metric<string, 'counter', readonly L[]>,
  labels: Values<L>,
  perSecond: number,
): InputSeries {
  return { ...series(metric, labels), counts: true, perSecond }
}

/** A gauge that keeps its value. */
export function holding<L extends Label>(
  metric: Metric<string, 'gauge' | 'info', readonly L[]>,
  labels: Values<L>,
  value: number,
): InputSeries {
  return { ...series(metric, labels), start: value }
}

/** A histogram that observes one value over and over. */
export function observing<L extends Label>(
  metric: Metric<string, 'histogram', readonly L[]>,
  labels: Values<L>,
  { value, perSecond }: { readonly value: number; readonly perSecond: number },
): readonly InputSeries[] {
  const bucket = series(bucketsOf(metric), labels)
  const buckets = [...(metric.buckets ?? []), Infinity].map((bound) => ({
    ...bucket,
    counts: true,
    labels: { ...bucket.labels, le: bound === Infinity ? '+Inf' : String(bound) },
    perSecond: value <= bound ? perSecond : 0,
  }))
  return [...buckets, { ...series(observations(metric), labels), counts: true, perSecond }]
}

/** A histogram of which a quantile is a value: some observations near it, the rest at once. */
export function latencyAt<L extends Label>(
  metric: Metric<string, 'histogram', readonly L[]>,
  labels: Values<L>,
  {
    q,
    value,
    perSecond,
  }: { readonly q: number; readonly value: number; readonly perSecond: number },
): readonly InputSeries[] {
  const bounds = [0, ...(metric.buckets ?? [])]
  const index = bounds.findIndex((bound) => bound >= value)
  const [lower = 0, upper = value] = bounds.slice(Math.max(index - 1, 0))
  // Prometheus interpolates between the bounds of a bucket.
  const position = (value - lower) / (upper - lower)
  const fastShare = lower === 0 ? 0 : Math.max(0, (q - position) / (1 - position))
  const slow = observing(metric, labels, { value: upper, perSecond: perSecond * (1 - fastShare) })
  const fast = observing(metric, labels, { value: 0, perSecond: perSecond * fastShare })
  return slow.map((one, at) => ({ ...one, perSecond: one.perSecond + (fast[at]?.perSecond ?? 0) }))
}

/** Lines of one event. */
export function logging<Field extends LogFieldName>(
  event: LogEvent<readonly Field[]>,
  labels: Readonly<Partial<Record<LogLabelName & Field, string>>>,
  perSecond: number,
): InputLines {
  const [service] = event.services
  return {
    kind: 'lines',
    labels: { ...(service && { service }), ...labels },
    metadata: { event: event.name, level: event.level },
    perSecond,
  }
}

function series(metric: Metric, labels: object): InputSeries {
  const [job = 'edge'] = metric.services
  return {
    kind: 'series',
    metric: metric.name,
    labels: { job, instance: 'test:1', ...labels },
    counts: false,
    start: 0,
    perSecond: 0,
  }
}

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

/** A series of a rule test: a straight line. */
export interface InputSeries {
  readonly kind: 'series'
  readonly metric: string
  readonly labels: Readonly<Record<string, string>>
  readonly start: number
  readonly perSecond: number
}

/** Log lines of a rule test, at a steady pace. */
export interface InputLines {
  readonly kind: 'lines'
  readonly labels: Readonly<Partial<Record<LogLabelName, string>>>
  readonly metadata: Readonly<Record<string, string>>
  readonly perSecond: number
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
  return { ...series(metric, labels), perSecond }
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
    labels: { ...bucket.labels, le: bound === Infinity ? '+Inf' : String(bound) },
    perSecond: value <= bound ? perSecond : 0,
  }))
  return [...buckets, { ...series(observations(metric), labels), perSecond }]
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
    start: 0,
    perSecond: 0,
  }
}

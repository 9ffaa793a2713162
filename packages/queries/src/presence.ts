import { type Metric, type Service, prometheusMetrics } from '@cirrus/catalog'
import { count, max } from './aggregate.ts'
import { atOrAbove, unless } from './filter.ts'
import type { CallNode, QueryNode } from './node.ts'
import { gauge, seriesNode } from './series.ts'
import { type Vector, createVector } from './vector.ts'

/** Series without which an alert sees nothing, and the services that should give them. */
export interface Witness {
  readonly services: readonly Service[]
  readonly metric: string
  /** With a label `job`, unless a rule records it. */
  readonly series: Vector<string, Vector['unit'], 'promql'>
}

/** The series of a metric as a witness. */
export function witnessOf(metric: Metric): Witness {
  const { services, name, unit } = metric
  const node = seriesNode(metric, {})
  const series = createVector({ language: 'promql', node, labels: ['job'], unit })
  return { services, metric: name, series }
}

/** Is 1 for every job that is up and yet gives no series. */
export function blindJobs({ services, series }: Witness): Vector<'job', 'boolean', 'promql'> {
  const up = atOrAbove(max(gauge(prometheusMetrics.up, { job: services })).by('job'), 1)
  const by = series.labels.filter((label) => label === 'job')
  return unless(up, count(series).by(...by))
}

/** Is 1 for every service of which Prometheus knows no process at all. */
export function missingJobs(services: readonly Service[]): Vector<'job', 'boolean', 'promql'> {
  const [first, ...others] = services.map(absentJob)
  if (first === undefined) throw new RangeError('Name at least one service')
  const node = others.reduce<QueryNode>(
    (left, right) => ({ kind: 'binary', operator: 'or', left, right }),
    first,
  )
  return createVector({ language: 'promql', node, labels: ['job'], unit: 'boolean' })
}

function absentJob(job: Service): CallNode {
  return {
    kind: 'call',
    function: 'absent',
    arguments: [gauge(prometheusMetrics.up, { job }).node],
  }
}

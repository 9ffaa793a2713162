import { type Service, prometheusMetrics } from '@cirrus/catalog'
import {
  type Signal,
  type Vector,
  type Witness,
  blindJobs,
  defineSignal,
  labelReferences,
  linesFrom,
  minutes,
  missingJobs,
} from '@cirrus/queries'
import type { Alert, FiringTest, SilentTest } from './alert.ts'
import { type InputSeries, holding } from './input.ts'

/** Services of which Prometheus should know at least one process. */
export interface MissingJobs {
  readonly jobs: readonly Service[]
}

const FOR_SECONDS = minutes(10)
const WELL_AFTER_SECONDS = FOR_SECONDS + minutes(5)

/** The alerts of a definition: itself, and the one that tells when it is blind. */
export function withTwin(alert: Alert): readonly Alert[] {
  return alert.twin ? [alert, alert.twin] : [alert]
}

/** A ticket for the case that an alert can say nothing, because what it looks at is not there. */
export function absenceTwin(alert: Alert, witness: Witness | MissingJobs): Alert {
  const { expr, what, tests } = 'jobs' in witness ? ofJobs(witness.jobs) : ofSeries(witness)
  const { job } = labelReferences<'job'>(['job'])
  return {
    name: `${alert.name}Absent`,
    signal: signalOf(alert, expr),
    also: undefined,
    team: 'platform',
    levels: [
      {
        key: 'ticket',
        severity: 'ticket',
        forSeconds: FOR_SECONDS,
        condition: expr,
        conditionText: `${what}: the alert is blind`,
        labels: {},
      },
    ],
    summary: `${alert.name} is blind: ${what} (${job})`,
    description: `While ${what} (${job}), ${alert.name} cannot fire, whatever happens.`,
    panel: alert.panel,
    logs: linesFrom(job),
    runbook: alert.runbook,
    ...tests,
    twin: undefined,
  }
}

function signalOf(alert: Alert, expr: Vector<'job', 'boolean', 'promql'>): Signal {
  return defineSignal({
    name: `${alert.signal.name}_absent`,
    title: 'Blind',
    description: `Whether ${alert.name} lacks what it looks at.`,
    direction: 'higher_is_worse',
    expr,
    thresholds: { ticket: 1 },
  })
}

interface Absence {
  readonly expr: Vector<'job', 'boolean', 'promql'>
  readonly what: string
  readonly tests: { readonly firing: readonly FiringTest[]; readonly silent: readonly SilentTest[] }
}

function ofJobs(jobs: readonly Service[]): Absence {
  const [gone = 'edge', ...others] = jobs
  const rest = others.map((job) => upOf(job, 1))
  const atSeconds = WELL_AFTER_SECONDS
  return {
    expr: missingJobs(jobs),
    what: 'Prometheus knows no process of the job',
    tests: {
      firing: [
        {
          name: 'a job is gone',
          input: rest,
          atSeconds,
          levels: ['ticket'],
          labels: { job: gone },
          value: 1,
        },
      ],
      silent: [
        { name: 'every job is known', input: [...rest, upOf(gone, 1)], atSeconds },
        { name: 'a job is known and down', input: [...rest, upOf(gone, 0)], atSeconds },
      ],
    },
  }
}

function ofSeries(witness: Witness): Absence {
  const [job = 'edge'] = witness.services
  const seen = seriesOf(witness, job)
  const at = { atSeconds: WELL_AFTER_SECONDS }
  return {
    expr: blindJobs(witness),
    what: `the job is up without any \`${witness.metric}\``,
    tests: {
      firing: [
        {
          name: 'up and silent',
          input: [upOf(job, 1)],
          levels: ['ticket'],
          labels: { job },
          value: 1,
          ...at,
        },
      ],
      silent: [
        { name: 'the series are there', input: [upOf(job, 1), seen], ...at },
        { name: 'the job is down', input: [upOf(job, 0)], ...at },
        { name: 'not yet long enough', input: [upOf(job, 1)], atSeconds: FOR_SECONDS - minutes(1) },
      ],
    },
  }
}

function upOf(job: Service, up: 0 | 1): InputSeries {
  return holding(prometheusMetrics.up, { job }, up)
}

function seriesOf({ metric, series }: Witness, job: Service): InputSeries {
  const matchers = series.node.kind === 'series' ? series.node.matchers : []
  const wanted = Object.fromEntries(matchers.map(({ label, value }) => [label, String(value)]))
  const target = series.labels.includes('job') ? { job, instance: 'test:1' } : {}
  const labels = { ...target, ...wanted }
  return { kind: 'series', metric, labels, counts: false, start: 1, perSecond: 0 }
}

import { workerMetrics as metric } from '@cirrus/catalog'
import { average, max, min, sum } from '../aggregate.ts'
import { between, ratio, share, until } from '../arithmetic.ts'
import { days, minutes } from '../duration.ts'
import { quantile } from '../histogram.ts'
import { gauge, increase, rate } from '../series.ts'
import { defineSignal } from '../signal.ts'

const owner = ['host', 'env', 'team', 'business'] as const
// Every worker exports the inventory; while they disagree, the worse value counts.
const notAfter = min(gauge(metric.certificateNotAfter)).by(...owner)
const notBefore = min(gauge(metric.certificateNotBefore)).by(...owner)
const timeLeft = until(notAfter)

/** Certificates and edge nodes as the workers see them. */
export const workerSignals = {
  certificateTimeLeft: defineSignal({
    name: 'certificate_time_left',
    title: 'Certificate time left',
    description: 'Time until the stored certificate of a domain expires; negative once it has.',
    direction: 'lower_is_worse',
    expr: timeLeft,
    thresholds: { page: days(3), ticket: days(21) },
  }),
  certificateLifeLeft: defineSignal({
    name: 'certificate_life_left',
    title: 'Certificate life left',
    description: 'Time left as a share of the whole validity, so that short-lived ones compare.',
    direction: 'lower_is_worse',
    expr: share(timeLeft, between(notBefore, notAfter)),
    thresholds: { page: 0.1, ticket: 0.25 },
  }),
  domainsWithoutCertificate: defineSignal({
    name: 'domains_without_certificate',
    title: 'Domains without certificate',
    description: 'Configured domains for which no certificate is stored.',
    direction: 'higher_is_worse',
    expr: max(gauge(metric.domainsWithoutCertificate)).by(),
    thresholds: {},
  }),
  nodeUp: defineSignal({
    name: 'node_up',
    title: 'Node state',
    description: 'Whether a node counts as healthy, after hysteresis.',
    direction: 'lower_is_worse',
    expr: min(gauge(metric.nodeUp)).by('node'),
    thresholds: { ticket: 1 },
  }),
  nodesUp: defineSignal({
    name: 'nodes_up',
    title: 'Nodes up',
    description: 'How many nodes count as healthy.',
    direction: 'neutral',
    expr: sum(min(gauge(metric.nodeUp)).by('node')),
    thresholds: {},
  }),
  nodesUpRatio: defineSignal({
    name: 'nodes_up_ratio',
    title: 'Share of nodes up',
    description: 'Share of nodes that count as healthy.',
    direction: 'lower_is_worse',
    expr: average(min(gauge(metric.nodeUp)).by('node')),
    thresholds: { page: 0.5, ticket: 0.75 },
  }),
  nodeConsecutiveFailures: defineSignal({
    name: 'node_consecutive_failures',
    title: 'Consecutive failures',
    description: 'Health checks of a node that failed in a row.',
    direction: 'higher_is_worse',
    expr: max(gauge(metric.nodeConsecutiveFailures)).by('node'),
    thresholds: { page: 10, ticket: 3 },
  }),
  nodeCheckFailureRatio: defineSignal({
    name: 'node_check_failure_ratio',
    title: 'Failed checks',
    description: 'Share of health checks of a node that failed.',
    direction: 'higher_is_worse',
    expr: ratio(
      sum(rate(metric.nodeChecks, { result: 'failed' })).by('node'),
      sum(rate(metric.nodeChecks)).by('node'),
    ),
    thresholds: {},
  }),
  nodeCheckLatencyP95: defineSignal({
    name: 'node_check_latency_p95',
    title: 'Check latency, 95th percentile',
    description: 'Time a node took to answer a health check.',
    direction: 'higher_is_worse',
    expr: quantile(0.95, metric.nodeCheckDuration).by('node'),
    thresholds: {},
  }),
  jobsWaiting: defineSignal({
    name: 'jobs_waiting',
    title: 'Jobs waiting',
    description: 'Jobs of a queue that are due and not yet started.',
    direction: 'higher_is_worse',
    // Every worker looks at the same queue.
    expr: max(gauge(metric.jobsWaiting)).by('queue'),
    thresholds: { ticket: 20 },
  }),
  jobRuns: defineSignal({
    name: 'job_runs',
    title: 'Job runs',
    description: 'Runs of a job that came to an end, whichever, during the window.',
    direction: 'lower_is_worse',
    expr: sum(increase(metric.jobs)).by('job_name'),
    thresholds: { page: 1 },
    windowSeconds: minutes(15),
  }),
  jobBranchRate: defineSignal({
    name: 'job_branch_rate',
    title: 'Job runs by end',
    description: 'Job runs per second by how they ended.',
    direction: 'neutral',
    expr: sum(rate(metric.jobs)).by('branch'),
    thresholds: {},
  }),
  jobFailureRatio: defineSignal({
    name: 'job_failure_ratio',
    title: 'Failed jobs',
    description: 'Share of the runs of a job that failed.',
    direction: 'higher_is_worse',
    expr: ratio(
      sum(rate(metric.jobs, { branch: 'failed' })).by('job_name'),
      sum(rate(metric.jobs)).by('job_name'),
    ),
    thresholds: { ticket: 0.2 },
    minEvents: { events: sum(increase(metric.jobs)).by('job_name'), atLeast: 5 },
  }),
  jobDurationP95: defineSignal({
    name: 'job_duration_p95',
    title: 'Job duration, 95th percentile',
    description: 'Time one run of a job takes.',
    direction: 'higher_is_worse',
    expr: quantile(0.95, metric.jobDuration).by('job_name'),
    thresholds: {},
  }),
} as const

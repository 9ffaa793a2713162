import * as label from './labels.ts'
import { defineMetric } from './metric.ts'

const services = ['worker'] as const

/** Exported by the workers at `/metrics`. */
export const workerMetrics = {
  jobs: defineMetric({
    name: 'cirrus_jobs_total',
    kind: 'counter',
    unit: 'count',
    help: 'Job runs by how they ended.',
    labels: [label.jobName, label.branch],
    services,
  }),
  jobDuration: defineMetric({
    name: 'cirrus_job_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time one job run took.',
    labels: [label.jobName],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
    services,
  }),
  jobsWaiting: defineMetric({
    name: 'cirrus_jobs_waiting',
    kind: 'gauge',
    unit: 'count',
    help: 'Jobs that are due and not yet started.',
    labels: [label.queue],
    services,
  }),
  nodeUp: defineMetric({
    name: 'cirrus_node_up',
    kind: 'gauge',
    unit: 'boolean',
    help: 'Whether a node counts as healthy, after hysteresis.',
    labels: [label.node],
    services,
  }),
  nodeConsecutiveFailures: defineMetric({
    name: 'cirrus_node_consecutive_failures',
    kind: 'gauge',
    unit: 'count',
    help: 'Health checks of a node that failed in a row.',
    labels: [label.node],
    services,
  }),
  nodeChecks: defineMetric({
    name: 'cirrus_node_checks_total',
    kind: 'counter',
    unit: 'count',
    help: 'Health checks of a node.',
    labels: [label.node, label.checkResult],
    services,
  }),
  nodeCheckDuration: defineMetric({
    name: 'cirrus_node_check_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time a node took to answer a health check.',
    labels: [label.node],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    services,
  }),
  certificateNotBefore: defineMetric({
    name: 'cirrus_certificate_not_before_timestamp_seconds',
    kind: 'gauge',
    unit: 'timestamp',
    help: 'Start of validity of the certificate stored for a domain.',
    labels: [label.host, label.env, label.team, label.business],
    services,
  }),
  certificateNotAfter: defineMetric({
    name: 'cirrus_certificate_not_after_timestamp_seconds',
    kind: 'gauge',
    unit: 'timestamp',
    help: 'End of validity of the certificate stored for a domain.',
    labels: [label.host, label.env, label.team, label.business],
    services,
  }),
  domainsWithoutCertificate: defineMetric({
    name: 'cirrus_domains_without_certificate',
    kind: 'gauge',
    unit: 'count',
    help: 'Configured domains for which no certificate is stored.',
    labels: [],
    services,
  }),
} as const

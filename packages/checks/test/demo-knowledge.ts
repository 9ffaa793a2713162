import type { MetricKnowledge, QueryKnowledge } from '@cirrus/queries'

const metrics: Readonly<Record<string, MetricKnowledge>> = {
  up: { kind: 'gauge', labels: ['job', 'instance'], closed: true },
  temperature: { kind: 'gauge', labels: ['job', 'instance'], closed: true },
  requests_total: { kind: 'counter', labels: ['host', 'job', 'instance'], closed: true },
  duration_seconds_bucket: {
    kind: 'counter',
    labels: ['host', 'job', 'instance', 'le'],
    closed: true,
  },
}

/** A few metrics, scraped every 30 seconds. */
export const demoKnowledge: QueryKnowledge = {
  metric: (name) => metrics[name],
  scrapeIntervalSeconds: 30,
}

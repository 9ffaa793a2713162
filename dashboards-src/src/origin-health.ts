import { edgeMetrics, logEvents } from '@cirrus/catalog'
import { atLeast, edgeSignals, linesOf } from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { logs, timeSeries } from './style/panels.ts'
import { domainVariables } from './style/variables.ts'

const signals = edgeSignals

/** Panels that alerts link to. */
export const originPanels = {
  errorRatio: timeSeries({
    id: 1,
    series: [show(signals.originErrorRatio, ({ host, origin }) => `${host} → ${origin}`)],
  }),
  latency: timeSeries({ id: 2, series: [show(signals.originLatencyP95, ({ host }) => host)] }),
} as const

/** Whether the origins behind the edges answer, and how fast. */
export const originHealth: Dashboard = {
  uid: 'origin-health',
  folder: 'edge',
  title: 'Origin health',
  description: 'Whether the origins behind the edges answer, and how fast.',
  variables: domainVariables(edgeMetrics.domainInfo),
  rows: [
    {
      title: 'Origins',
      panels: [
        originPanels.errorRatio,
        originPanels.latency,
        timeSeries({
          id: 3,
          series: [show(signals.originAttemptRate, ({ host, origin }) => `${host} → ${origin}`)],
        }),
        timeSeries({
          id: 4,
          series: [show(signals.originTimeoutRate, ({ host, origin }) => `${host} → ${origin}`)],
        }),
      ],
    },
    {
      title: 'What visitors notice',
      panels: [
        timeSeries({ id: 5, series: [show(signals.errorRatio, ({ host }) => host)] }),
        timeSeries({ id: 6, series: [show(signals.originRatio, ({ host }) => host)] }),
        logs({
          id: 7,
          title: 'Failed requests',
          description: 'Access log lines with a 5xx status; `upstreams` lists each attempt.',
          lines: linesOf(logEvents.edgeRequest, { status: atLeast(500) }),
        }),
      ],
    },
  ],
}

import { logEvents } from '@cirrus/catalog'
import { apiSignals, linesOf } from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { logs, timeSeries } from './style/panels.ts'

const signals = apiSignals

/** Panels that alerts link to. */
export const apiPanels = {
  errorRatio: timeSeries({ id: 1, series: [show(signals.errorRatio, () => 'Errors')] }),
  latency: timeSeries({ id: 2, series: [show(signals.latencyP99, () => 'p99')] }),
  inFlight: timeSeries({ id: 3, series: [show(signals.inFlight, ({ instance }) => instance)] }),
  storeUp: timeSeries({ id: 4, series: [show(signals.storeUp, ({ job }) => job)] }),
} as const

/** The control API: what it is asked, how it answers, and whether it reaches its store. */
export const api: Dashboard = {
  uid: 'api',
  folder: 'platform',
  title: 'Control API',
  description: 'What the control API is asked, how it answers, and whether it reaches its store.',
  variables: [],
  rows: [
    {
      title: 'Answers',
      panels: [
        apiPanels.errorRatio,
        apiPanels.latency,
        timeSeries({
          id: 5,
          unit: 'reqps',
          series: [show(signals.requestRate, ({ method, route }) => `${method} ${route}`)],
        }),
        timeSeries({
          id: 6,
          unit: 'reqps',
          stacked: true,
          series: [show(signals.statusRate, ({ status }) => status)],
        }),
      ],
    },
    { title: 'Limits', panels: [apiPanels.inFlight, apiPanels.storeUp] },
    {
      title: 'Logs',
      panels: [
        logs({
          id: 7,
          title: 'Failed requests',
          description: 'API requests that failed, with what went wrong.',
          lines: linesOf(logEvents.apiRequestFailed),
        }),
      ],
    },
  ],
}

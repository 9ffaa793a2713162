import { edgeMetrics } from '@cirrus/catalog'
import {
  apiSignals,
  edgeSignals,
  shipperSignals,
  sloSignals,
  telemetrySignals,
  workerSignals,
} from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { stat, timeSeries } from './style/panels.ts'
import { domainVariables } from './style/variables.ts'

/** Everything at a glance, from visitors down to the log store. */
export const fleetOverview: Dashboard = {
  uid: 'fleet-overview',
  folder: 'overview',
  title: 'Fleet overview',
  description: 'Everything at a glance, from visitors down to the log store.',
  variables: domainVariables(edgeMetrics.domainInfo),
  rows: [
    {
      title: 'Now',
      panels: [
        stat({ id: 1, series: [show(workerSignals.nodesUp, () => 'Nodes up')] }),
        stat({
          id: 2,
          series: [show(telemetrySignals.targetsUpRatio, ({ job }) => job)],
          width: 12,
        }),
        stat({ id: 3, series: [show(apiSignals.storeUp, ({ job }) => job)] }),
      ],
    },
    {
      title: 'Visitors',
      panels: [
        timeSeries({
          id: 4,
          unit: 'reqps',
          series: [show(edgeSignals.requestRate, ({ host }) => host)],
        }),
        timeSeries({ id: 5, series: [show(edgeSignals.errorRatio, ({ host }) => host)] }),
        timeSeries({ id: 6, series: [show(edgeSignals.latencyP99, ({ host }) => host)] }),
        timeSeries({ id: 7, series: [show(edgeSignals.hitRatio, ({ host }) => host)] }),
        timeSeries({
          id: 8,
          series: [show(sloSignals.budgetRemaining, ({ slo, host }) => `${slo} ${host}`)],
        }),
        timeSeries({
          id: 9,
          series: [show(edgeSignals.originErrorRatio, ({ host, origin }) => `${host} → ${origin}`)],
        }),
      ],
    },
    {
      title: 'Control plane and telemetry',
      panels: [
        timeSeries({ id: 10, width: 8, series: [show(apiSignals.errorRatio, () => 'API')] }),
        timeSeries({
          id: 11,
          width: 8,
          series: [show(workerSignals.jobsWaiting, ({ queue }) => queue)],
        }),
        timeSeries({
          id: 12,
          width: 8,
          series: [show(shipperSignals.deliveryLag, ({ instance }) => instance)],
        }),
      ],
    },
  ],
}

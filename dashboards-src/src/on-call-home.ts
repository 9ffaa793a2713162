import { edgeMetrics } from '@cirrus/catalog'
import {
  apiSignals,
  edgeSignals,
  sloSignals,
  telemetrySignals,
  workerSignals,
} from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { stat, table, text, timeSeries } from './style/panels.ts'
import { domainVariables } from './style/variables.ts'

/** Where each question is answered; uids are checked by a test. */
const answers = [
  ['Is it one domain or many?', 'edge-traffic'],
  ['Is it the origin?', 'origin-health'],
  ['Is a node down?', 'nodes'],
  ['Is a certificate the reason?', 'certificates'],
  ['Does the API answer?', 'api'],
  ['Do jobs run?', 'workers'],
  ['Do logs arrive?', 'log-pipeline'],
  ['How much may still go wrong?', 'slos'],
] as const

/** Links keep what people look at: time and variables. */
const links = answers.map(
  ([question, uid]) => `- [${question}](/d/${uid}?\${__url_time_range}&\${__all_variables})`,
)

/** Where to start when the phone rings. */
export const onCallHome: Dashboard = {
  uid: 'on-call-home',
  folder: 'overview',
  title: 'On-call home',
  description: 'Where to start when the phone rings: what fires, what is up, where to look next.',
  variables: domainVariables(edgeMetrics.domainInfo),
  rows: [
    {
      title: 'Now',
      panels: [
        table({
          id: 1,
          title: 'Alerts',
          description: 'Alerts of Prometheus that fire now, with severity and team.',
          width: 16,
          columns: [
            show(
              telemetrySignals.firingAlerts,
              ({ alertname, severity }) => `${severity} ${alertname}`,
            ),
          ],
        }),
        text({
          id: 2,
          title: 'Where to look next',
          description: 'Dashboards by the question that they answer.',
          width: 8,
          height: 10,
          content: links.join('\n'),
        }),
        stat({
          id: 3,
          width: 12,
          series: [show(telemetrySignals.targetsUpRatio, ({ job }) => job)],
        }),
        stat({ id: 4, series: [show(workerSignals.nodesUp, () => 'Nodes up')] }),
        stat({ id: 5, series: [show(apiSignals.storeUp, ({ job }) => job)] }),
      ],
    },
    {
      title: 'What visitors notice',
      panels: [
        timeSeries({ id: 6, series: [show(edgeSignals.errorRatio, ({ host }) => host)] }),
        timeSeries({ id: 7, series: [show(edgeSignals.latencyP99, ({ host }) => host)] }),
        timeSeries({
          id: 8,
          width: 24,
          series: [
            show(sloSignals.burnRate, ({ slo, host, window }) => `${slo} ${host} over ${window}`),
          ],
        }),
      ],
    },
  ],
}

import { workerMetrics } from '@cirrus/catalog'
import { workerSignals } from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { stat, table, timeSeries } from './style/panels.ts'
import { domainVariables } from './style/variables.ts'

const signals = workerSignals

/** Panels that alerts link to. */
export const certificatePanels = {
  lifeLeft: timeSeries({ id: 3, series: [show(signals.certificateLifeLeft, ({ host }) => host)] }),
} as const

/** How long the certificates of each domain are still good. */
export const certificates: Dashboard = {
  uid: 'certificates',
  folder: 'edge',
  title: 'Certificates',
  description: 'How long the certificates of each domain are still good.',
  variables: domainVariables(workerMetrics.certificateNotAfter),
  rows: [
    {
      title: 'Inventory',
      panels: [
        stat({ id: 1, series: [show(signals.domainsWithoutCertificate, () => 'Domains')] }),
        table({
          id: 2,
          title: 'Certificates by domain',
          description: 'Time left, also as a share of the whole validity.',
          columns: [
            show(signals.certificateTimeLeft, ({ host }) => host),
            show(signals.certificateLifeLeft, ({ host }) => host),
          ],
        }),
      ],
    },
    {
      title: 'Over time',
      panels: [
        certificatePanels.lifeLeft,
        timeSeries({ id: 4, series: [show(signals.certificateTimeLeft, ({ host }) => host)] }),
      ],
    },
  ],
}

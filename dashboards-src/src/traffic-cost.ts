import { edgeMetrics } from '@cirrus/catalog'
import { costSignals, priceVariable } from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { table, timeSeries } from './style/panels.ts'
import { domainVariables } from './style/variables.ts'

const signals = costSignals

/** What traffic costs at the chosen price for a gigabyte, and who causes it. */
export const trafficCost: Dashboard = {
  uid: 'traffic-cost',
  folder: 'edge',
  title: 'Traffic cost',
  description: 'What traffic costs at the chosen price for a gigabyte, and who causes it.',
  variables: domainVariables(edgeMetrics.domainInfo),
  choices: [{ name: priceVariable, title: 'Price per GB (USD)', value: '0.05' }],
  rows: [
    {
      title: 'Cost an hour',
      panels: [
        timeSeries({ id: 1, stacked: true, series: [show(signals.teamCost, ({ team }) => team)] }),
        timeSeries({
          id: 2,
          stacked: true,
          series: [show(signals.businessCost, ({ business }) => business)],
        }),
        table({
          id: 3,
          title: 'Domains',
          description: 'Traffic of each domain, what it costs an hour, and what the cache saved.',
          columns: [
            show(signals.domainCost, ({ host }) => host),
            show(signals.domainBytes, ({ host }) => host),
            show(signals.cachedByteRatio, ({ host }) => host),
          ],
        }),
      ],
    },
    {
      title: 'Bytes',
      panels: [
        timeSeries({ id: 4, series: [show(signals.originBytes, ({ host }) => host)] }),
        timeSeries({ id: 5, series: [show(signals.cachedByteRatio, ({ host }) => host)] }),
      ],
    },
  ],
}

import { recordedValues, sloRecordings, sloSignals } from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { table, timeSeries } from './style/panels.ts'

const signals = sloSignals

/** Panels that alerts link to. */
export const sloPanels = {
  burnRate: timeSeries({
    id: 3,
    width: 24,
    series: [show(signals.burnRate, ({ slo, host, window }) => `${slo} ${host} over ${window}`)],
  }),
} as const

/** What was promised, whether it is kept, and how much may still go wrong. */
export const slos: Dashboard = {
  uid: 'slos',
  folder: 'platform',
  title: 'Objectives and error budgets',
  description: 'What was promised, whether it is kept, and how much may still go wrong.',
  variables: [
    {
      name: 'slo',
      title: 'Objective',
      query: recordedValues(sloRecordings.objective, 'slo'),
      labels: ['slo'],
    },
  ],
  rows: [
    {
      title: 'Budgets',
      panels: [
        table({
          id: 1,
          title: 'Error budgets',
          description:
            'Share of the error budget of the period that is left, and what is good now.',
          columns: [
            show(signals.budgetRemaining, ({ slo, host }) => `${slo} ${host}`),
            show(signals.good, ({ slo, host }) => `${slo} ${host}`),
          ],
        }),
        timeSeries({
          id: 2,
          width: 24,
          series: [show(signals.budgetRemaining, ({ slo, host }) => `${slo} ${host}`)],
        }),
      ],
    },
    {
      title: 'Burn rates',
      panels: [sloPanels.burnRate],
    },
    {
      title: 'Indicators',
      panels: [
        timeSeries({
          id: 4,
          title: 'Good events and objective',
          description: 'Share of events that were good, and the share that must be.',
          series: [
            show(signals.good, ({ slo, host }) => `${slo} ${host}`),
            show(signals.objective, ({ slo }) => `${slo} objective`),
          ],
        }),
        timeSeries({
          id: 5,
          series: [show(signals.events, ({ slo, host }) => `${slo} ${host}`)],
        }),
      ],
    },
  ],
}

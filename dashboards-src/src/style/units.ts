import type { Quantity } from '@cirrus/queries'

/** Grafana's names of our units. */
export const grafanaUnits = {
  count: 'short',
  boolean: 'short',
  ratio: 'percentunit',
  seconds: 's',
  timestamp: 'dateTimeAsIso',
  bytes: 'bytes',
  'count/s': 'cps',
  'bytes/s': 'Bps',
  'cost/h': 'currencyUSD',
} as const satisfies Record<Quantity, string>

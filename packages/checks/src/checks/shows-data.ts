import type { Panel } from '../model/dashboard.ts'

const dataKinds = new Set([
  'timeseries',
  'graph',
  'stat',
  'singlestat',
  'gauge',
  'bargauge',
  'table',
])

/** Whether a panel draws values, which need a name and a unit. */
export function showsData({ kind }: Panel): boolean {
  return dataKinds.has(kind)
}

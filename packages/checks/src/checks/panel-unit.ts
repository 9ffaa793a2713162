import { type Report, defineCheck } from '../check.ts'
import type { Panel } from '../model/dashboard.ts'
import { grafanaUnits } from '../model/grafana-units.ts'
import { showsData } from './shows-data.ts'

export const panelUnit = defineCheck({
  name: 'panel-unit',
  code: 'CIR406',
  severity: 'warning',
  title: 'A panel without a unit, or with one that Grafana does not know',
  why: 'Without a unit 0.05 may be a share, seconds or a count; an unknown unit is printed behind the number as it stands.',
  check: ({ dashboards }) =>
    dashboards.flatMap(({ panels }) => panels.filter(showsData).flatMap(reportsOf)),
})

/** Grafana makes a unit of what follows one of these. */
const custom = /^(prefix|suffix|time|si|count|currency|bool):/

function reportsOf({ title, kind, unit, hasMappings, place }: Panel): readonly Report[] {
  if (unit && !grafanaUnits.has(unit.value) && !custom.test(unit.value)) {
    const what = `Grafana knows no unit "${unit.value}" (panel "${title}").`
    return [
      { place: unit.place(), what, mend: 'Use a unit id of Grafana, or suffix:… for your own.' },
    ]
  }
  // Mapped values are shown as words; the columns of a table have units of their own.
  if (unit || hasMappings || kind === 'table') return []
  const what = `The ${kind} panel "${title}" has no unit.`
  const mend = 'Set fieldConfig.defaults.unit: s, bytes, percentunit, reqps, short and so on.'
  return [{ place: place(), what, mend, severity: 'info' }]
}

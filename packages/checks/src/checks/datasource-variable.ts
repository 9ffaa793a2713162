import { type Report, defineCheck } from '../check.ts'
import type { Datasource } from '../model/dashboard.ts'

export const datasourceVariable = defineCheck({
  name: 'datasource-variable',
  code: 'CIR407',
  severity: 'info',
  title: 'A panel is tied to one data source',
  why: 'The dashboard only works in the Grafana it was drawn in, where the data source has this very name.',
  check: ({ dashboards }) =>
    dashboards.flatMap(({ panels }) =>
      panels.flatMap(({ title, datasource, targets }): readonly Report[] => {
        const tied = [datasource, ...targets.map((target) => target.datasource)].find(isTied)
        if (!tied?.reference) return []
        const what = `The panel "${title}" is tied to the data source "${tied.reference.value}".`
        const mend = 'Add a variable of type "datasource" and refer to it: ${datasource}.'
        return [{ place: tied.reference.place(), what, mend }]
      }),
    ),
})

/** Of ours, and named: neither a variable nor one that every Grafana has. */
function isTied(datasource: Datasource | undefined): boolean {
  const name = datasource?.reference?.value ?? ''
  return datasource?.language !== undefined && name !== '' && !/[$]|^(default|-- )|^\[\[/.test(name)
}

import { type Report, defineCheck } from '../check.ts'
import type { Dashboard } from '../model/dashboard.ts'

export const duplicatePanelId = defineCheck({
  name: 'duplicate-panel-id',
  code: 'CIR402',
  severity: 'warning',
  title: 'Panels of a dashboard share an id',
  why: 'Links and alerts find a panel by its id; with two of them, or with 0, they open the wrong one or none.',
  check: ({ dashboards }) => dashboards.flatMap(reportsOf),
})

function reportsOf({ panels }: Dashboard): readonly Report[] {
  const titles = new Map<number, string>()
  return panels.flatMap(({ id, title }): readonly Report[] => {
    if (!id) return []
    const earlier = titles.get(id.value)
    titles.set(id.value, title)
    const mend = 'Give each panel an id of its own, and never reuse one.'
    if (earlier !== undefined) {
      const what = `The panels "${earlier}" and "${title}" both have the id ${id.value}.`
      return [{ place: id.place(), what, mend }]
    }
    if (id.value !== 0) return []
    return [{ place: id.place(), what: `The panel "${title}" has the id 0.`, mend }]
  })
}

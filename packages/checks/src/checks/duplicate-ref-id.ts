import { type Report, defineCheck } from '../check.ts'
import type { Panel } from '../model/dashboard.ts'

export const duplicateRefId = defineCheck({
  name: 'duplicate-ref-id',
  code: 'CIR403',
  severity: 'error',
  title: 'Queries of a panel share a refId',
  why: 'Grafana tells the queries of a panel apart by refId, and drops or mixes up the results of equal ones.',
  check: ({ dashboards }) => dashboards.flatMap(({ panels }) => panels.flatMap(reportsOf)),
})

function reportsOf({ title, targets }: Panel): readonly Report[] {
  const seen = new Set<string>()
  return targets.flatMap(({ refId }): readonly Report[] => {
    if (!refId || !seen.has(refId.value)) {
      if (refId) seen.add(refId.value)
      return []
    }
    const what = `Two queries of the panel "${title}" have the refId ${refId.value}.`
    return [{ place: refId.place(), what, mend: 'Name the queries A, B, C and so on.' }]
  })
}

import { type Report, defineCheck } from '../check.ts'
import type { Located } from '../source/tree.ts'

export const duplicateUid = defineCheck({
  name: 'duplicate-uid',
  code: 'CIR401',
  severity: 'error',
  title: 'Two dashboards have the same uid',
  why: 'Grafana keeps one of them, and which one changes; while both are provisioned it refuses to save either.',
  check: ({ dashboards }) => {
    const first = new Map<string, Located<string>>()
    return dashboards.flatMap(({ uid }): readonly Report[] => {
      if (!uid?.value) return []
      const earlier = first.get(uid.value)
      if (!earlier) {
        first.set(uid.value, uid)
        return []
      }
      const { file } = earlier.place()
      const what = `The uid "${uid.value}" is also that of the dashboard in ${file}.`
      return [{ place: uid.place(), what, mend: 'Give one of the dashboards a uid of its own.' }]
    })
  },
})

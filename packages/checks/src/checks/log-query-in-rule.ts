import { ruleProblems } from '@cirrus/queries'
import { type Report, defineCheck } from '../check.ts'

export const logQueryInRule = defineCheck({
  name: 'log-query-in-rule',
  code: 'CIR204',
  severity: 'error',
  title: 'A rule whose query does not yield numbers',
  why: 'Loki loads a rule that selects lines and fails whenever it evaluates it, so it never fires; Prometheus refuses windows and texts.',
  check: ({ queries }) =>
    queries.flatMap(({ text, analysis, owner }): readonly Report[] => {
      if (owner.kind !== 'rule' || analysis.problems.some(({ code }) => code === 'syntax'))
        return []
      return ruleProblems(analysis, text.value).map(({ from, message }) => ({
        place: text.place(from),
        what: `${message}.`,
        mend: 'Count or measure: sum(count_over_time({…} [5m])) > 0 for lines, rate(x[5m]) for a window.',
      }))
    }),
})

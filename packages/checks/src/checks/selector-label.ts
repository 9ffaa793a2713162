import { defineCheck } from '../check.ts'
import { queryProblems } from './query-problems.ts'

export const selectorLabel = defineCheck({
  name: 'selector-label',
  code: 'CIR209',
  severity: 'warning',
  title: 'A selector asks for a label its metric does not have',
  why: 'No series passes such a matcher: a panel stays empty and an alert stays silent.',
  isPossible: ({ knowledge }) => knowledge?.metric !== undefined,
  check: queryProblems({
    missing_label: { mend: 'Select by a label that the catalog gives the metric.' },
  }),
})

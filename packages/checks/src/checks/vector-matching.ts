import { defineCheck } from '../check.ts'
import { queryProblems } from './query-problems.ts'

export const vectorMatching = defineCheck({
  name: 'vector-matching',
  code: 'CIR206',
  severity: 'warning',
  title: 'Two sides of an operation that never find each other',
  why: 'An operation on two sides without a common match has no result at all: a panel stays empty and an alert stays silent.',
  check: queryProblems({
    match_impossible: {
      mend: 'Match on labels that both sides have, with on (…), or aggregate both sides alike.',
    },
    side_lacks_label: { mend: 'Keep the label on both sides, or leave it out of the matching.' },
  }),
})

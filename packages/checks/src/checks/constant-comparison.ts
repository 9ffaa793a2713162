import { defineCheck } from '../check.ts'
import { queryProblems } from './query-problems.ts'

export const constantComparison = defineCheck({
  name: 'constant-comparison',
  code: 'CIR207',
  severity: 'warning',
  title: 'A comparison whose outcome is known before',
  why: 'An alert on it fires always or never, whatever happens.',
  check: queryProblems({
    always_true:
      'Compare with a value that results can be on either side of, or leave the comparison out.',
    always_false:
      'Compare with a value that results can reach. count() never is 0: use absent() or "or vector(0)".',
  }),
})

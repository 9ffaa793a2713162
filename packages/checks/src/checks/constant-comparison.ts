import { defineCheck } from '../check.ts'
import { queryProblems } from './query-problems.ts'

export const constantComparison = defineCheck({
  name: 'constant-comparison',
  code: 'CIR207',
  severity: 'warning',
  title: 'A comparison whose outcome is known before',
  why: 'Whatever is measured, such a comparison keeps every result or none: an alert that never fires, or a condition that says nothing.',
  check: queryProblems({
    // Harmless where it only says that there is something: count_over_time(…) > 0, absent(…) == 1.
    always_true: {
      mend: 'Compare with a value that results can be on either side of, or leave the comparison out.',
      severity: 'info',
    },
    always_false: {
      mend: 'Compare with a value that results can reach. count() never is 0: use absent() or "or vector(0)".',
    },
  }),
})

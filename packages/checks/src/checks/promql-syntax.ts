import { defineCheck } from '../check.ts'
import { queryProblems } from './query-problems.ts'

export const promqlSyntax = defineCheck({
  name: 'promql-syntax',
  code: 'CIR201',
  severity: 'error',
  title: 'PromQL that Prometheus refuses',
  why: 'Prometheus does not load a rule file with it, and a panel shows an error.',
  check: queryProblems(
    {
      syntax: { mend: 'Correct the query; brackets, quotes and commas are the usual suspects.' },
      wrong_argument: { mend: 'Give the function or operator what it takes.' },
      empty_selector: {
        mend: 'Name a metric, or add a matcher that an absent label does not pass.',
      },
    },
    ({ language }) => language === 'promql',
  ),
})

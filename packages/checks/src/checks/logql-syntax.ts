import { defineCheck } from '../check.ts'
import { queryProblems } from './query-problems.ts'

export const logqlSyntax = defineCheck({
  name: 'logql-syntax',
  code: 'CIR202',
  severity: 'error',
  title: 'LogQL that Loki refuses',
  why: 'Loki does not load a rule file with it, and a panel shows an error.',
  check: queryProblems(
    {
      syntax: { mend: 'Correct the query; brackets, quotes and pipes are the usual suspects.' },
      wrong_argument: { mend: 'Give the function or operator what it takes.' },
      empty_selector: { mend: 'Add a matcher that an absent label does not pass, such as =~".+".' },
    },
    ({ language }) => language === 'logql',
  ),
})

import { defineCheck } from '../check.ts'
import { queryProblems } from './query-problems.ts'

export const shortRange = defineCheck({
  name: 'short-range',
  code: 'CIR208',
  severity: 'warning',
  title: 'A window that holds fewer than two scrapes',
  why: 'A rate needs two samples: over a shorter window it has gaps or no result at all.',
  isPossible: ({ knowledge }) => knowledge?.scrapeIntervalSeconds !== undefined,
  check: queryProblems({
    range_too_short: { mend: 'Make the window at least four scrape intervals long.' },
  }),
})

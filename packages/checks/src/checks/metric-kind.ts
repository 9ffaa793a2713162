import { defineCheck } from '../check.ts'
import { queryProblems } from './query-problems.ts'

export const metricKind = defineCheck({
  name: 'metric-kind',
  code: 'CIR203',
  severity: 'warning',
  title: 'A function that does not suit the kind of metric',
  why: 'The query runs and yields numbers that mean nothing: counters only grow and restart at 0, gauges go up and down.',
  check: queryProblems({
    rate_of_gauge: { mend: 'Use deriv() or delta() for a gauge, or show it as it is.' },
    delta_of_counter: { mend: 'Use increase() or rate(), which understand restarts.' },
    bare_counter: { mend: 'Wrap the counter in rate() or increase().' },
    rate_of_aggregate: { mend: 'Take the rate first and aggregate the rates: sum(rate(x[5m])).' },
    quantile_without_le: {
      mend: 'Keep the label "le" in every aggregation below histogram_quantile().',
    },
  }),
})

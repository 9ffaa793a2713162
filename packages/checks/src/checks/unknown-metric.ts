import { type Report, defineCheck } from '../check.ts'
import { recordedNames } from '../model/metrics-of.ts'

/** Series that Prometheus writes itself. */
const ownSeries = /^(ALERTS(_FOR_STATE)?|up|scrape_\w+)$/

export const unknownMetric = defineCheck({
  name: 'unknown-metric',
  code: 'CIR501',
  severity: 'warning',
  title: 'A query asks for a metric that nobody exports',
  why: 'Such a panel stays empty and such an alert stays silent, and neither looks broken.',
  isPossible: ({ knowledge }) => knowledge?.metric !== undefined,
  check: (project, { knowledge }) => {
    const recorded = recordedNames(project)
    const isKnown = (name: string): boolean =>
      ownSeries.test(name) || recorded.has(name) || knowledge?.metric?.(name) !== undefined
    return project.queries.flatMap(({ text, analysis }) =>
      analysis.selectors.flatMap(({ metric, from }): readonly Report[] => {
        if (metric === undefined || isKnown(metric)) return []
        const what = `The catalog has no metric "${metric}", and no rule records it.`
        return [
          {
            place: text.place(from),
            what,
            mend: 'Correct the name, or add the metric to the catalog.',
          },
        ]
      }),
    )
  },
})

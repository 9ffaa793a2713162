import type { ProblemCode } from '@cirrus/queries'
import type { Check, Report } from '../check.ts'
import type { Query } from '../model/project.ts'

/** How to mend a problem, and where it is milder than the check usually is. */
type Mend = Pick<Report, 'mend' | 'severity'>

/** Reports the problems of all queries that have a code, with how to mend each. */
export function queryProblems(
  mends: Partial<Record<ProblemCode, Mend>>,
  isMeant: (query: Query) => boolean = () => true,
): Check['check'] {
  return ({ queries }) =>
    queries
      .filter((query) => isMeant(query))
      .flatMap(({ text, analysis }) =>
        analysis.problems.flatMap(({ code, from, message }): readonly Report[] => {
          const mend = mends[code]
          return mend ? [{ place: text.place(from), what: `${message}.`, ...mend }] : []
        }),
      )
}

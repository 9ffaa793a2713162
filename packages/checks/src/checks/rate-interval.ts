import type { SelectorUse } from '@cirrus/queries'
import { type Report, defineCheck } from '../check.ts'
import type { Query } from '../model/project.ts'

const rates = new Set(['rate', 'irate'])

export const rateInterval = defineCheck({
  name: 'rate-interval',
  code: 'CIR408',
  severity: 'warning',
  title: 'A rate in a panel over another window than $__rate_interval',
  why: 'Only $__rate_interval is both at least four scrapes and as long as a point of the panel: shorter windows have gaps, fixed ones skip samples when people zoom out.',
  check: ({ queries }) =>
    queries.flatMap((query) =>
      query.owner.kind === 'panel' && query.language === 'promql'
        ? query.analysis.selectors.flatMap((selector) => reportOf(query, selector) ?? [])
        : [],
    ),
})

function reportOf({ text }: Query, { range, inside }: SelectorUse): Report | undefined {
  if (!range || !inside.some((name) => rates.has(name))) return undefined
  const start = text.value.lastIndexOf('[', range.to)
  const window = text.value.slice(start, range.to)
  const isTooShort = /\$(__interval\b|\{__interval\b)/.test(window)
  if (!isTooShort && range.seconds === undefined) return undefined
  const place = text.place(start)
  const mend = 'Write [$__rate_interval].'
  const what = `This rate is over ${window}.`
  // A fixed window may be meant: it makes panels comparable. $__interval has gaps whenever people zoom in.
  return isTooShort ? { place, what, mend } : { place, what, mend, severity: 'info' }
}

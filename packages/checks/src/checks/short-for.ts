import { type Report, defineCheck } from '../check.ts'
import { parseDuration } from '../duration.ts'

export const shortFor = defineCheck({
  name: 'short-for',
  code: 'CIR302',
  severity: 'warning',
  title: '"for" is shorter than the evaluation interval',
  why: 'A rule is looked at once per interval, so the alert waits a whole interval whatever "for" says.',
  check: ({ rules }) =>
    rules.flatMap(({ rule, group }): readonly Report[] => {
      const interval = group.interval && parseDuration(group.interval.value)
      const wait = rule.for && parseDuration(rule.for.value)
      if (!rule.for || !group.interval || !wait || !interval || wait >= interval) return []
      return [
        {
          place: rule.for.place(),
          what: `"for: ${rule.for.value}" of ${rule.name.value} is shorter than the interval ${group.interval.value} of its group.`,
          mend: 'Make "for" a multiple of the interval, or evaluate the group more often.',
        },
      ]
    }),
})

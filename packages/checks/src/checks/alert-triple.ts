import { type Report, defineCheck } from '../check.ts'
import { dashboardLinks, isUrgent, runbookLink } from '../model/alert-links.ts'
import type { Rule } from '../model/rule-file.ts'

export const alertTriple = defineCheck({
  name: 'alert-triple',
  code: 'CIR305',
  severity: 'warning',
  title: 'An urgent alert without panel or runbook',
  why: 'An alert that wakes somebody must say where to look and what to do first.',
  check: ({ rules }) =>
    rules.flatMap(({ rule }): readonly Report[] => {
      const missing = isUrgent(rule) ? missingLinks(rule) : []
      if (missing.length === 0) return []
      const severity = rule.labels.get('severity')?.value
      return [
        {
          place: rule.name.place(),
          what: `${rule.name.value} has severity ${severity} and no link to a ${missing.join(' nor a ')}.`,
          mend: 'Add the annotations dashboard_url (with viewPanel=) and runbook_url.',
        },
      ]
    }),
})

function missingLinks(rule: Rule): readonly string[] {
  const links = dashboardLinks(rule)
  return [
    ...(links.some(({ panel }) => panel) ? [] : ['panel']),
    ...(runbookLink(rule) ? [] : ['runbook']),
  ]
}

import { type Report, defineCheck } from '../check.ts'
import type { Context } from '../context.ts'
import {
  type DashboardLink,
  dashboardLinks,
  panelAnnotations,
  runbookFile,
  runbookLink,
} from '../model/alert-links.ts'
import type { Dashboard } from '../model/dashboard.ts'
import type { Rule } from '../model/rule-file.ts'

export const alertLinks = defineCheck({
  name: 'alert-links',
  code: 'CIR304',
  severity: 'error',
  title: 'A link of an alert leads nowhere',
  why: 'Whoever is paged opens the link first, and loses minutes when it shows nothing.',
  check: ({ rules, dashboards }, context) => {
    const byUid = new Map(dashboards.map((dashboard) => [dashboard.uid?.value, dashboard]))
    return rules.flatMap(({ rule }) => [
      ...halfPair(rule),
      ...missingRunbook(rule, context),
      ...dashboardLinks(rule).flatMap((link) => {
        const dashboard = byUid.get(link.uid.value)
        return dashboard ? deadEnds(link, dashboard) : missingDashboard(link, context)
      }),
    ])
  },
})

function halfPair({ name, annotations }: Rule): readonly Report[] {
  const [missing, ...others] = panelAnnotations.filter((key) => !annotations.has(key))
  if (missing === undefined || others.length > 0) return []
  const what = `${name.value} has only one of ${panelAnnotations.join(' and ')}.`
  return [{ place: name.place(), what, mend: `Set ${missing} too; Grafana ignores one alone.` }]
}

function missingDashboard({ uid }: DashboardLink, { complete }: Context): readonly Report[] {
  if (!complete) return []
  const what = `No dashboard has the uid "${uid.value}".`
  return [{ place: uid.place(), what, mend: 'Link to a dashboard that exists, or add it.' }]
}

function deadEnds({ panel, variables }: DashboardLink, dashboard: Dashboard): readonly Report[] {
  const panels = new Set(dashboard.panels.map(({ id }) => String(id?.value)))
  const known = dashboard.variables.map(({ value }) => value)
  const reports: Report[] = variables
    .filter(({ value }) => !known.includes(value))
    .map(({ value, place }) => ({
      place: place(),
      what: `The dashboard "${dashboard.title}" has no variable "${value}".`,
      mend: `Set variables that it has: ${known.join(', ') || 'there are none'}.`,
    }))
  if (panel && !panels.has(panel.value)) {
    const what = `The dashboard "${dashboard.title}" has no panel with the id ${panel.value}.`
    reports.push({ place: panel.place(), what, mend: 'Link to a panel that it has.' })
  }
  return reports
}

function missingRunbook(rule: Rule, { runbooks }: Context): readonly Report[] {
  const link = runbookLink(rule)
  const file = link && runbookFile(link)
  if (!runbooks || !file || runbooks.has(file.value)) return []
  const what = `There is no runbook ${file.value}.`
  return [
    { place: file.place(), what, mend: 'Write it: what it means, how to confirm, first action.' },
  ]
}

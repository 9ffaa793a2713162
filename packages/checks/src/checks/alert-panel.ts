import { type Report, defineCheck } from '../check.ts'
import { dashboardLinks } from '../model/alert-links.ts'
import type { Dashboard, Panel } from '../model/dashboard.ts'
import { createSourcesOf } from '../model/metrics-of.ts'
import type { Project, Query } from '../model/project.ts'
import type { Rule } from '../model/rule-file.ts'

export const alertPanel = defineCheck({
  name: 'alert-panel',
  code: 'CIR306',
  severity: 'warning',
  title: 'The panel of an alert shows something else',
  why: 'Whoever opens the panel must see the very curve that crossed the line, and the line.',
  check: (project) => {
    const byUid = new Map(project.dashboards.map((dashboard) => [dashboard.uid?.value, dashboard]))
    const sourcesOf = createSourcesOf(project)
    return project.queries.flatMap((query): readonly Report[] => {
      if (query.owner.kind !== 'rule' || !hasCurve(query)) return []
      const { rule } = query.owner
      const panel = panelOf(rule, byUid)
      if (!panel) return []
      const queries = queriesOf(panel, project)
      if (queries.length < panel.targets.length) return []
      if (![query, ...queries].every(namesItsMetrics)) return []
      const asked = sourcesOf(query)
      return queries.some((one) => [...sourcesOf(one)].some((metric) => asked.has(metric)))
        ? missingLine(query, panel, rule)
        : [report(rule, `the panel "${panel.title}" queries none of its metrics`)]
    })
  },
})

/** An alert about what is missing has no curve; one about log lines has another language. */
function hasCurve({ language, text }: Query): boolean {
  return language === 'promql' && !/\b(absent|absent_over_time|unless)\b/.test(text.value)
}

/** Whether no metric is out of sight: a variable or a pattern can stand for one. */
function namesItsMetrics({ analysis }: Query): boolean {
  return (
    analysis.selectors.length > 0 && analysis.selectors.every(({ metric }) => metric !== undefined)
  )
}

function report({ name }: Rule, what: string): Report {
  const mend = 'Link to the panel that shows the signal, with the thresholds of the alert.'
  return { place: name.place(), what: `${name.value}: ${what}.`, mend }
}

function queriesOf(panel: Panel, { queries }: Project): readonly Query[] {
  return queries.filter(({ owner }) => owner.kind === 'panel' && owner.panel === panel)
}

/** Units and filters may differ, so that a line elsewhere is no more than worth a look. */
function missingLine({ text }: Query, { title, thresholds }: Panel, rule: Rule): readonly Report[] {
  const limits = limitsIn(text.value)
  const isDrawn = limits.some((limit) => thresholds.includes(limit))
  if (thresholds.length === 0 || limits.length === 0 || isDrawn) return []
  const what = `the panel "${title}" draws no line at ${limits.join(' or ')}`
  return [{ ...report(rule, what), severity: 'info' }]
}

function panelOf(
  rule: Rule,
  dashboards: ReadonlyMap<string | undefined, Dashboard>,
): Panel | undefined {
  const link = dashboardLinks(rule).find(({ panel }) => panel)
  const panels = link ? (dashboards.get(link.uid.value)?.panels ?? []) : []
  return panels.find(({ id }) => String(id?.value) === link?.panel?.value)
}

/** Numbers that a query compares with. */
function limitsIn(text: string): readonly number[] {
  const compared = text.matchAll(
    /(?:[<>]=?|[=!]=)\s*(?:bool\s+)?(-?[\d.]+(?:e[+-]?\d+)?)\b(?!\s*[-+*/%^])/gi,
  )
  return [...new Set([...compared].map((match) => Number(match[1])))].filter(Number.isFinite)
}

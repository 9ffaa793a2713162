import { render, ruleContext } from '@cirrus/queries'
import type { Alert } from './alert.ts'
import type { RenderOptions } from './options.ts'
import { encodeTemplate } from './template.ts'

/** Everything an alert says besides its labels: texts, and links that carry the labels it has. */
export function annotationsOf(
  alert: Alert,
  { links, timeScale }: RenderOptions,
): Readonly<Record<string, string>> {
  const { panel, logs, signal } = alert
  const logsQuery = render(logs, ruleContext(signal.windowSeconds, timeScale))
  return {
    summary: alert.summary,
    description: alert.description,
    runbook_url: `${links.runbooks}/${alert.runbook}.md`,
    dashboard_url: `${links.grafana}/d/${panel.dashboard}?${panelQuery(alert)}`,
    // Grafana attaches an alert to its panel by these two.
    __dashboardUid__: panel.dashboard,
    __panelId__: String(panel.panel),
    logs_url: `${links.grafana}/explore?${exploreQuery(logsQuery)}`,
    logs_query: logsQuery,
  }
}

function panelQuery({ panel, signal }: Alert): string {
  const variables = signal.expr.labels.flatMap((label) => {
    const variable = panel.variables[label]
    return variable === undefined ? [] : [`var-${variable}={{ $labels.${label} | urlquery }}`]
  })
  return [`viewPanel=${panel.panel}`, ...variables].join('&')
}

function exploreQuery(expr: string): string {
  const datasource = { type: 'loki', uid: 'loki' }
  const panes = {
    logs: {
      datasource: datasource.uid,
      queries: [{ refId: 'A', datasource, expr }],
      range: { from: 'now-1h', to: 'now' },
    },
  }
  return `schemaVersion=1&orgId=1&panes=${encodeTemplate(JSON.stringify(panes))}`
}

import {
  type Language,
  type Severity,
  type Vector,
  formatDuration,
  reached,
  render,
  ruleContext,
  whereAlso,
} from '@cirrus/queries'
import type { AlertGroup } from './alert-group.ts'
import type { Alert } from './alert.ts'
import { annotationsOf } from './annotations.ts'
import type { RenderOptions } from './options.ts'
import { toYaml } from './yaml.ts'

/** How often rules are evaluated. */
export const EVALUATION_SECONDS = 15

/** The rule file of a group's alerts in one language; `undefined` when it has none. */
export function renderRuleFile(
  group: AlertGroup,
  language: Language,
  options: RenderOptions,
): string | undefined {
  const alerts = group.alerts.filter(({ signal }) => signal.expr.language === language)
  if (alerts.length === 0) return undefined
  // Prometheus and Loki take whole milliseconds; below a second rules would only burn CPU.
  const interval = formatDuration(Math.max(1, EVALUATION_SECONDS * options.timeScale))
  const rules = alerts.flatMap((alert) => toRules(alert, options))
  return toYaml(group.source, { groups: [{ name: group.name, interval, rules }] })
}

function toRules(alert: Alert, options: RenderOptions): readonly object[] {
  const context = ruleContext(alert.signal.windowSeconds, options.timeScale)
  const annotations = annotationsOf(alert, options)
  return alert.levels.map(({ severity, forSeconds }) => ({
    alert: alert.name,
    expr: render(conditionOf(alert, severity), context),
    for: formatDuration(forSeconds * options.timeScale),
    labels: staticLabels(alert, severity),
    annotations,
  }))
}

/** The query whose results are firing alerts. */
export function conditionOf({ signal, also }: Alert, severity: Severity): Vector {
  const condition = reached(signal, severity)
  return also ? whereAlso(condition, reached(also, severity)) : condition
}

/** Labels that the rule itself adds. */
export function staticLabels(
  { team }: Alert,
  severity: Severity,
): Readonly<Record<string, string>> {
  return { severity, ...(team && { team }) }
}

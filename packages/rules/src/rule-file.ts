import { type Language, formatDuration, render, ruleContext } from '@cirrus/queries'
import { withTwin } from './absence-twin.ts'
import type { AlertGroup, RecordingRule } from './alert-group.ts'
import type { Alert, AlertLevel } from './alert.ts'
import { annotationsOf } from './annotations.ts'
import type { RenderOptions } from './options.ts'
import { toYaml } from './yaml.ts'

/** How often rules are evaluated, unless their group says otherwise. */
export const EVALUATION_SECONDS = 15

/** The rule file of a group in one language; `undefined` when it has no rules in it. */
export function renderRuleFile(
  group: AlertGroup,
  language: Language,
  options: RenderOptions,
): string | undefined {
  const { name, source, recordings = [], evaluationSeconds = EVALUATION_SECONDS } = group
  const alerts = group.alerts.flatMap(withTwin)
  const rules = [
    ...recordings
      .filter(({ expr }) => expr.language === language)
      .map((rule) => toRecordingRule(rule, options)),
    ...alerts
      .filter(({ signal }) => signal.expr.language === language)
      .flatMap((alert) => toAlertingRules(alert, options)),
  ]
  if (rules.length === 0) return undefined
  // Prometheus and Loki take whole milliseconds; below a second rules would only burn CPU.
  const interval = formatDuration(Math.max(1, evaluationSeconds * options.timeScale))
  return toYaml(source, { groups: [{ name, interval, rules }] })
}

function toRecordingRule(
  { record, expr, windowSeconds, labels }: RecordingRule,
  { timeScale }: RenderOptions,
): object {
  return { record, expr: render(expr, ruleContext(windowSeconds, timeScale)), labels }
}

function toAlertingRules(alert: Alert, options: RenderOptions): readonly object[] {
  const context = ruleContext(alert.signal.windowSeconds, options.timeScale)
  const annotations = annotationsOf(alert, options)
  const scaled = (seconds: number): string => formatDuration(seconds * options.timeScale)
  return alert.levels.map((level) => ({
    alert: alert.name,
    expr: render(level.condition, context),
    for: scaled(level.forSeconds),
    ...(level.keepFiringForSeconds && { keep_firing_for: scaled(level.keepFiringForSeconds) }),
    labels: staticLabels(alert, level),
    annotations,
  }))
}

/** Labels that the rule itself adds. */
export function staticLabels(
  { team }: Alert,
  { severity, labels }: AlertLevel,
): Readonly<Record<string, string>> {
  return { severity, ...(team && { team }), ...labels }
}

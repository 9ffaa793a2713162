import { formatDuration } from '@cirrus/queries'
import { withTwin } from './absence-twin.ts'
import type { AlertGroup } from './alert-group.ts'
import type { Alert, FiringTest, SilentTest } from './alert.ts'
import { annotationsOf } from './annotations.ts'
import type { InputSeries, Segment } from './input.ts'
import type { RenderOptions } from './options.ts'
import { isSeries } from './phases.ts'
import { EVALUATION_SECONDS, staticLabels } from './rule-file.ts'
import { expandTemplate } from './template.ts'
import { toYaml } from './yaml.ts'

/**
 * The promtool test file of a group's PromQL alerts; `undefined` when it has none.
 *
 * Only fields that promtool 2.42 knows. Expected labels and annotations are complete, as it asks.
 */
export function renderRuleTestFile(group: AlertGroup, options: RenderOptions): string | undefined {
  const { name, source, evaluationSeconds = EVALUATION_SECONDS } = group
  const alerts = group.alerts
    .flatMap(withTwin)
    .filter(({ signal }) => signal.expr.language === 'promql')
  if (alerts.length === 0) return undefined
  return toYaml(source, {
    rule_files: [`../rules/${name}.yaml`],
    evaluation_interval: formatDuration(evaluationSeconds),
    tests: alerts.flatMap((alert) => [
      ...alert.firing.map((test) => toTest(alert, test, expectedAlerts(alert, test, options))),
      ...alert.silent.map((test) => toTest(alert, test, [])),
    ]),
  })
}

function toTest(alert: Alert, test: SilentTest, expected: readonly object[]): object {
  return {
    name: `${alert.name}: ${test.name}`,
    interval: formatDuration(EVALUATION_SECONDS),
    input_series: test.input.filter(isSeries).map((input) => toInputSeries(input, test.atSeconds)),
    alert_rule_test: [
      {
        eval_time: formatDuration(test.atSeconds),
        alertname: alert.name,
        exp_alerts: expected,
      },
    ],
  }
}

function expectedAlerts(
  alert: Alert,
  { levels, labels, value }: FiringTest,
  options: RenderOptions,
): readonly object[] {
  const fired = alert.levels.filter(({ key }) => levels.includes(key))
  return fired.map((level) => {
    const allLabels = { ...labels, ...level.resultLabels, ...staticLabels(alert, level) }
    const { unit } = alert.signal.expr
    const annotations = Object.entries(annotationsOf(alert, options)).map(([name, template]) => [
      name,
      expandTemplate(template, allLabels, { value, unit }),
    ])
    return { exp_labels: allLabels, exp_annotations: Object.fromEntries(annotations) }
  })
}

function toInputSeries(
  { metric, labels, start, perSecond, later = [] }: InputSeries,
  untilSeconds: number,
): object {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return {
    series: `${metric}{${matchers.join(', ')}}`,
    values: toValues([{ atSeconds: 0, start, perSecond }, ...later], untilSeconds),
  }
}

/** Runs of evenly spaced samples in promtool's notation: `a+bxn` is n + 1 of them. */
function toValues(segments: readonly Segment[], untilSeconds: number): string {
  let next = 0
  const runs = segments.map(({ atSeconds, start, perSecond }, index) => {
    const end = segments[index + 1]?.atSeconds ?? untilSeconds + EVALUATION_SECONDS
    const samples = Math.ceil((end - atSeconds) / EVALUATION_SECONDS)
    const step = exact(perSecond * EVALUATION_SECONDS)
    const first = exact(start ?? next)
    next = first + samples * step
    return `${first}${step < 0 ? '-' : '+'}${Math.abs(step)}x${samples - 1}`
  })
  return runs.join(' ')
}

/** Without the noise of binary fractions. */
function exact(value: number): number {
  return Number(value.toPrecision(12))
}

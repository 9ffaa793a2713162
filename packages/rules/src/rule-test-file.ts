import { formatDuration } from '@cirrus/queries'
import type { AlertGroup } from './alert-group.ts'
import type { Alert, FiringTest, SilentTest } from './alert.ts'
import { annotationsOf } from './annotations.ts'
import type { Input, InputSeries } from './input.ts'
import type { RenderOptions } from './options.ts'
import { EVALUATION_SECONDS, staticLabels } from './rule-file.ts'
import { expandTemplate } from './template.ts'
import { toYaml } from './yaml.ts'

/**
 * The promtool test file of a group's PromQL alerts; `undefined` when it has none.
 *
 * Only fields that promtool 2.42 knows. Expected labels and annotations are complete, as it asks.
 */
export function renderRuleTestFile(group: AlertGroup, options: RenderOptions): string | undefined {
  const alerts = group.alerts.filter(({ signal }) => signal.expr.language === 'promql')
  if (alerts.length === 0) return undefined
  return toYaml(group.source, {
    rule_files: [`../rules/${group.name}.yaml`],
    evaluation_interval: formatDuration(EVALUATION_SECONDS),
    tests: alerts.flatMap((alert) => [
      ...alert.firing.map((test) => toTest(alert, test, expectedAlerts(alert, test, options))),
      ...alert.silent.map((test) => toTest(alert, test, [])),
    ]),
  })
}

function toTest(alert: Alert, test: SilentTest, expected: readonly object[]): object {
  const samples = Math.ceil(test.atSeconds / EVALUATION_SECONDS)
  return {
    name: `${alert.name}: ${test.name}`,
    interval: formatDuration(EVALUATION_SECONDS),
    input_series: test.input.filter(isSeries).map((input) => toInputSeries(input, samples)),
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
  return levels.map((severity) => {
    const allLabels = { ...labels, ...staticLabels(alert, severity) }
    const { unit } = alert.signal.expr
    const annotations = Object.entries(annotationsOf(alert, options)).map(([name, template]) => [
      name,
      expandTemplate(template, allLabels, { value, unit }),
    ])
    return { exp_labels: allLabels, exp_annotations: Object.fromEntries(annotations) }
  })
}

function toInputSeries({ metric, labels, start, perSecond }: InputSeries, samples: number): object {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  const step = perSecond * EVALUATION_SECONDS
  const sign = step < 0 ? '-' : '+'
  return {
    series: `${metric}{${matchers.join(', ')}}`,
    values: `${start}${sign}${Math.abs(step)}x${samples}`,
  }
}

function isSeries(input: Input): input is InputSeries {
  return input.kind === 'series'
}

import type { AlertGroup } from './alert-group.ts'
import { renderAlertmanagerFile } from './alertmanager-file.ts'
import type { RenderOptions } from './options.ts'
import { renderRuleFile } from './rule-file.ts'
import { renderRuleTestFile } from './rule-test-file.ts'

/** The folder that Loki reads rules from while it has only one tenant. */
const LOKI_TENANT = 'fake'

/**
 * Every file made from alerts, by path relative to the root of the repository.
 *
 * Tests are of the rules as written: they are left out where time is scaled.
 */
export function renderAlertFiles(
  groups: readonly AlertGroup[],
  options: RenderOptions,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const group of groups) {
    const rules = renderRuleFile(group, 'promql', options)
    const lokiRules = renderRuleFile(group, 'logql', options)
    const tests = options.timeScale === 1 ? renderRuleTestFile(group, options) : undefined
    if (rules) files.set(`prometheus/rules/${group.name}.yaml`, rules)
    if (tests) files.set(`prometheus/tests/${group.name}.yaml`, tests)
    if (lokiRules) files.set(`loki/rules/${LOKI_TENANT}/${group.name}.yaml`, lokiRules)
  }
  return files.set('prometheus/alertmanager.yaml', renderAlertmanagerFile(groups, options))
}

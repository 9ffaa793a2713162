import type { RuleGroup } from './rule-file.ts'

const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g
/** A stream selector: braces that follow no metric name, and do not ask for one. */
const streamSelector = /(?:^|[^\w:\s])\s*\{(?!\{)(?!\s*""\s*[,}])(?![^}]*__name__)/

/** Whether rules are for Loki: PromQL almost never has a selector without a metric name. */
export function isLogql(groups: readonly RuleGroup[]): boolean {
  return groups.some(({ rules }) =>
    rules.some(({ expr }) => streamSelector.test(expr.value.replace(quoted, '""'))),
  )
}

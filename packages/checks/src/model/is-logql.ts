import { analyzeLogql, analyzePromql } from '@cirrus/queries'
import type { RuleGroup } from './rule-file.ts'

const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g
/** A stream selector: braces that follow no metric name, and do not ask for one. */
const streamSelector = /(?:^|[^\w:\s])\s*\{(?!\{)(?!\s*""\s*[,}])(?![^}]*__name__)/

/**
 * Whether rules are for Loki: they select without a metric name, which PromQL almost never does, or lie
 * where Loki looks for them; and LogQL reads them at least as well.
 */
export function isLogql(path: string, groups: readonly RuleGroup[]): boolean {
  const texts = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr.value))
  const isLikely =
    /(^|\/)loki\/rules\//.test(path) ||
    texts.some((text) => streamSelector.test(text.replace(quoted, '""')))
  if (!isLikely) return false
  return unreadable(texts, analyzeLogql) <= unreadable(texts, analyzePromql)
}

function unreadable(texts: readonly string[], analyze: typeof analyzePromql): number {
  return texts.filter((text) =>
    analyze(text).problems.some(({ code }) => code === 'syntax' || code === 'wrong_argument'),
  ).length
}

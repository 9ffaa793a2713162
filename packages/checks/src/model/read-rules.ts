import { type Tree, at, itemsAt, textAt, textsOf } from '../source/tree.ts'
import type { Fault } from './fault.ts'
import { oddDurations, ruleFaults } from './rule-faults.ts'
import type { Rule, RuleGroup } from './rule-file.ts'

/** Groups of a rule file, and what in it Prometheus or Loki would refuse. */
export interface ReadRules {
  readonly groups: readonly RuleGroup[]
  readonly faults: readonly Fault[]
}

/** Where the groups are: at the top, or below `spec` of a PrometheusRule. */
export function groupsOf(document: Tree): readonly Tree[] {
  const top = itemsAt(document, 'groups')
  return top.length > 0 ? top : itemsAt(document, 'spec', 'groups')
}

/** Whether a document is a rule file: it has groups, and one of them has rules. */
export function isRuleDocument(document: Tree): boolean {
  return groupsOf(document).some((group) => at(group, 'rules')?.kind === 'list')
}

/** Reads the groups of a document. */
export function readRules(document: Tree): ReadRules {
  const faults: Fault[] = []
  const groups = groupsOf(document).map((group) => readGroup(group, faults))
  return { groups, faults: [...faults, ...repeatedNames(groups)] }
}

function readGroup(tree: Tree, faults: Fault[]): RuleGroup {
  const name = textAt(tree, 'name')
  if (!name?.value) {
    faults.push({
      place: tree.place(),
      what: 'This group has no name.',
      mend: 'Give it a "name" that is unique in the file.',
    })
  }
  faults.push(...oddDurations(tree, ['interval']))
  return {
    name,
    interval: textAt(tree, 'interval'),
    rules: itemsAt(tree, 'rules').flatMap((rule) => readRule(rule, faults) ?? []),
  }
}

function repeatedNames(groups: readonly RuleGroup[]): readonly Fault[] {
  const seen = new Set<string>()
  return groups.flatMap(({ name }) => {
    if (!name || !seen.has(name.value)) {
      if (name) seen.add(name.value)
      return []
    }
    const what = `The group name "${name.value}" is used twice in this file.`
    return [{ place: name.place(), what, mend: 'Rename one of the groups, or merge them.' }]
  })
}

function readRule(tree: Tree, faults: Fault[]): Rule | undefined {
  const alert = textAt(tree, 'alert')
  const name = alert ?? textAt(tree, 'record')
  const expr = textAt(tree, 'expr')
  faults.push(...ruleFaults(tree))
  if (!name || !expr) return undefined
  return {
    kind: alert ? 'alert' : 'record',
    name,
    expr,
    for: textAt(tree, 'for'),
    labels: textsOf(at(tree, 'labels')),
    annotations: textsOf(at(tree, 'annotations')),
  }
}

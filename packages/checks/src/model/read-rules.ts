import { parseDuration } from '../duration.ts'
import { type Located, type Tree, at, itemsAt, textAt, textsOf } from '../source/tree.ts'
import type { Fault } from './fault.ts'
import type { Rule, RuleGroup } from './rule-file.ts'

/** Groups of a rule file, and what in it Prometheus or Loki would refuse. */
export interface ReadRules {
  readonly groups: readonly RuleGroup[]
  readonly faults: readonly Fault[]
}

/** Fields of a rule; the last two are of VictoriaMetrics, which reads the same files. */
const ruleFields = new Set(
  'alert record expr for keep_firing_for labels annotations debug update_entries_limit'.split(' '),
)

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
    place: () => tree.place(),
  }
}

function unknownFields(tree: Tree, { value: name }: Located<string>): readonly Fault[] {
  if (tree.kind !== 'map') return []
  return [...tree.entries]
    .filter(([key]) => !ruleFields.has(key))
    .map(([key, value]) => ({
      place: value.place(),
      what: `The rule "${name}" has a field "${key}", which no rule has.`,
      mend: `Correct the name, or move it below "labels" or "annotations".`,
    }))
}

function oddDurations(tree: Tree, keys: readonly string[]): readonly Fault[] {
  return keys.flatMap((key) => {
    const text = textAt(tree, key)
    if (!text || parseDuration(text.value) !== undefined) return []
    const what = `The value "${text.value}" of "${key}" is not a duration.`
    return [{ place: text.place(), what, mend: 'Write a number and a unit: 30s, 5m, 1h30m.' }]
  })
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
  const record = textAt(tree, 'record')
  const expr = textAt(tree, 'expr')
  const name = alert ?? record
  const problem = problemOf({ alert, record, expr })
  if (problem) faults.push({ place: tree.place(), ...problem })
  if (!name || !expr) return undefined
  faults.push(...oddDurations(tree, ['for', 'keep_firing_for']), ...unknownFields(tree, name))
  return {
    kind: alert ? 'alert' : 'record',
    name,
    expr,
    for: textAt(tree, 'for'),
    keepFiringFor: textAt(tree, 'keep_firing_for'),
    labels: textsOf(at(tree, 'labels')),
    annotations: textsOf(at(tree, 'annotations')),
  }
}

type Parts = Readonly<Record<'alert' | 'record' | 'expr', Located<string> | undefined>>

function problemOf({ alert, record, expr }: Parts): Omit<Fault, 'place'> | undefined {
  if (alert && record) {
    return {
      what: `This rule is both the alert "${alert.value}" and the record "${record.value}".`,
      mend: 'Keep one of "alert" and "record"; write two rules if both are meant.',
    }
  }
  const name = alert ?? record
  if (!name) return { what: 'This rule has neither "alert" nor "record".', mend: 'Name it.' }
  if (expr) return undefined
  return { what: `The rule "${name.value}" has no "expr".`, mend: 'Give it a query, or remove it.' }
}

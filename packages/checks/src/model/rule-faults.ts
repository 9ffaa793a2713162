import { parseDuration } from '../duration.ts'
import { type Tree, at, textAt } from '../source/tree.ts'
import type { Fault } from './fault.ts'

/** Fields of a rule; the last two are of VictoriaMetrics, which reads the same files. */
const ruleFields = new Set(
  'alert record expr for keep_firing_for labels annotations debug update_entries_limit'.split(' '),
)

/** What of a rule servers would refuse. */
export function ruleFaults(tree: Tree): readonly Fault[] {
  const name = (textAt(tree, 'alert') ?? textAt(tree, 'record'))?.value
  if (name === undefined) {
    const what = 'This rule has neither "alert" nor "record".'
    return [{ place: tree.place(), what, mend: 'Name it.' }]
  }
  return [
    ...missingQuery(tree, name),
    ...unknownFields(tree, name),
    ...(textAt(tree, 'record') ? recordFaults(tree, name) : []),
    ...oddDurations(tree, ['for', 'keep_firing_for']),
  ]
}

/** Values that should be durations and are not. */
export function oddDurations(tree: Tree, keys: readonly string[]): readonly Fault[] {
  return keys.flatMap((key) => {
    const text = textAt(tree, key)
    if (!text || parseDuration(text.value) !== undefined) return []
    const what = `The value "${text.value}" of "${key}" is not a duration.`
    return [{ place: text.place(), what, mend: 'Write a number and a unit: 30s, 5m, 1h30m.' }]
  })
}

function missingQuery(tree: Tree, name: string): readonly Fault[] {
  if (textAt(tree, 'expr')) return []
  const what = `The rule "${name}" has no "expr".`
  return [{ place: tree.place(), what, mend: 'Give it a query, or remove it.' }]
}

function unknownFields(tree: Tree, name: string): readonly Fault[] {
  if (tree.kind !== 'map') return []
  return [...tree.entries]
    .filter(([key]) => !ruleFields.has(key))
    .map(([key, value]) => ({
      place: value.place(),
      what: `The rule "${name}" has a field "${key}", which no rule has.`,
      mend: 'Correct the name, or move it below "labels" or "annotations".',
    }))
}

/** A record only has a name, a query and labels. */
function recordFaults(tree: Tree, name: string): readonly Fault[] {
  const place = tree.place()
  const alert = textAt(tree, 'alert')
  if (alert) {
    const what = `This rule is both the alert "${alert.value}" and the record "${textAt(tree, 'record')?.value}".`
    return [{ place, what, mend: 'Keep one of them; write two rules if both are meant.' }]
  }
  const extra = ['for', 'keep_firing_for', 'annotations'].flatMap((key) => {
    const value = at(tree, key)
    const what = `The record "${name}" has the field "${key}", which only alerts have.`
    return isSet(value) ? [{ place: value.place(), what, mend: 'Remove it.' }] : []
  })
  if (!/[{}]/.test(name)) return extra
  const what = `The record "${name}" is no name of a metric.`
  return [...extra, { place, what, mend: 'Write labels below "labels".' }]
}

/** An empty map and a wait of 0 are as good as nothing. */
function isSet(value: Tree | undefined): value is Tree {
  if (value?.kind === 'map') return value.entries.size > 0
  const text = textAt(value)
  return text !== undefined && parseDuration(text.value) !== 0
}

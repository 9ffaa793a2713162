import { type Report, defineCheck } from '../check.ts'
import type { Dashboard } from '../model/dashboard.ts'
import type { Located } from '../source/tree.ts'

export const undefinedVariable = defineCheck({
  name: 'undefined-variable',
  code: 'CIR409',
  severity: 'warning',
  title: 'A query uses a variable that the dashboard does not have',
  why: 'Grafana sends the name as it stands: the query is refused, or finds nothing.',
  check: ({ dashboards, queries }) => {
    const texts = new Map<Dashboard, Located<string>[]>(
      dashboards.map((dashboard) => [dashboard, []]),
    )
    for (const { owner, text } of queries) {
      if (owner.kind === 'panel') texts.get(owner.dashboard)?.push(text)
    }
    return [...texts].flatMap(([dashboard, own]) => reportsOf(dashboard, own))
  },
})

const reference = /\$(?:\{([A-Za-z_]\w*)[^}]*\}|([A-Za-z_]\w*))|\[\[([A-Za-z_]\w*)[^\]]*\]\]/g

/** One report per variable, at its first use. */
function reportsOf({ variables }: Dashboard, texts: readonly Located<string>[]): readonly Report[] {
  const known = new Set(variables.map(({ value }) => value))
  const uses = texts.flatMap((text) => usesIn(text)).filter(({ name }) => !known.has(name))
  const first = new Map(uses.toReversed().map((use) => [use.name, use]))
  return [...first.values()].map(({ name, text, index }) => ({
    place: text.place(index),
    what: `The variable $${name} is not one of the dashboard (${count(uses, name)}).`,
    mend:
      known.size === 0
        ? 'Add the variable, or write the value.'
        : `Add the variable, or use one there is: ${[...known].join(', ')}.`,
  }))
}

interface VariableUse {
  readonly name: string
  readonly text: Located<string>
  readonly index: number
}

/** Names that begin with two underscores are Grafana's own; templates of LogQL have variables of theirs. */
function usesIn(text: Located<string>): readonly VariableUse[] {
  const value = text.value.replace(/\{\{.*?\}\}/gs, (template) => ' '.repeat(template.length))
  return [...value.matchAll(reference)].flatMap((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    return name.startsWith('__') ? [] : [{ name, text, index: match.index }]
  })
}

function count(uses: readonly VariableUse[], name: string): string {
  const number = uses.filter((use) => use.name === name).length
  return number === 1 ? 'used once' : `used ${number} times`
}

import { type Report, defineCheck } from '../check.ts'
import type { Dashboard } from '../model/dashboard.ts'
import type { Located } from '../source/tree.ts'

export const undefinedVariable = defineCheck({
  name: 'undefined-variable',
  code: 'CIR409',
  severity: 'warning',
  title: 'A query uses a variable that the dashboard does not have',
  why: 'Grafana sends the name as it stands: the query is refused, or finds nothing.',
  check: ({ dashboards }) => dashboards.flatMap(reportsOf),
})

const reference = /\$(?:\{([A-Za-z_]\w*)[^}]*\}|([A-Za-z_]\w*))|\[\[([A-Za-z_]\w*)[^\]]*\]\]/g

/** One report per variable, at its first use. */
function reportsOf({ variables, panels }: Dashboard): readonly Report[] {
  const known = new Set(variables.map(({ name }) => name.value))
  const texts = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => expr ?? []))
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

/** Names that begin with two underscores are Grafana's own. */
function usesIn(text: Located<string>): readonly VariableUse[] {
  return [...text.value.matchAll(reference)].flatMap((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    return name.startsWith('__') ? [] : [{ name, text, index: match.index }]
  })
}

function count(uses: readonly VariableUse[], name: string): string {
  const number = uses.filter((use) => use.name === name).length
  return number === 1 ? 'used once' : `used ${number} times`
}

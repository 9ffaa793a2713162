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

function reportsOf({ variables, panels }: Dashboard): readonly Report[] {
  const known = new Set(variables.map(({ name }) => name.value))
  const texts = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => expr ?? []))
  return texts.flatMap((text) =>
    unknownIn(text, known).map(({ name, index }) => ({
      place: text.place(index),
      what: `The variable $${name} is not one of the dashboard.`,
      mend:
        known.size === 0
          ? 'Add the variable, or write the value.'
          : `Add the variable, or use one there is: ${[...known].join(', ')}.`,
    })),
  )
}

/** Names that begin with two underscores are Grafana's own. */
function unknownIn(
  text: Located<string>,
  known: ReadonlySet<string>,
): readonly { readonly name: string; readonly index: number }[] {
  return [...text.value.matchAll(reference)].flatMap((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    return name.startsWith('__') || known.has(name) ? [] : [{ name, index: match.index }]
  })
}

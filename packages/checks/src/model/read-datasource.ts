import { type Tree, textAt } from '../source/tree.ts'
import type { Datasource } from './dashboard.ts'
import type { Language } from './rule-file.ts'

/** Languages by what a dashboard calls its data sources: variables and inputs, as `${name}` or `$name`. */
export type KnownDatasources = ReadonlyMap<string, Language | undefined>

const languages: Readonly<Record<string, Language>> = { prometheus: 'promql', loki: 'logql' }

/** The language of a kind of data source; undefined for one that is not ours. */
export function languageOf(kind: string | undefined): Language | undefined {
  return kind === undefined ? undefined : languages[kind.toLowerCase()]
}

/** A data source reference: `{type, uid}`, or the name that old dashboards write. */
export function readDatasource(
  tree: Tree | undefined,
  known: KnownDatasources,
): Datasource | undefined {
  const kind = textAt(tree, 'type') ?? textAt(tree, 'group')
  const reference = textAt(tree) ?? textAt(tree, 'uid') ?? textAt(tree, 'name')
  if (!kind && !reference) return undefined
  return {
    language: kind ? languageOf(kind.value) : languageOfReference(reference?.value ?? '', known),
    reference,
  }
}

function languageOfReference(text: string, known: KnownDatasources): Language | undefined {
  const variable = variableIn(text)
  return variable === undefined ? languageOf(text) : known.get(variable)
}

/** The name of the variable that a text is; undefined where it is something else. */
export function variableIn(text: string): string | undefined {
  return /^\$(?:\{(\w+)(?::\w+)?\}|(\w+))$/.exec(text)?.slice(1).find(Boolean)
}

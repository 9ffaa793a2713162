import type { Label } from '@cirrus/catalog'

/** A comparison of text. */
export interface TextCondition {
  readonly operator: '=' | '!=' | '=~' | '!~'
  readonly value: string
}

/** A comparison of a number; only log fields have numbers. */
export interface NumberCondition {
  readonly operator: '>=' | '<'
  readonly value: number
}

/** One condition of a selector or a log pipeline. */
export type Matcher = { readonly label: string } & (TextCondition | NumberCondition)

/** Stands for the value a label has in a firing alert; see `labelReferences`. */
export type LabelReference<Name extends string = string> = `{{ $labels.${Name} }}`

/** What text may be compared with: a value, one of several, a condition, or an alert's label. */
export type Wanted<Value extends string> = Value | readonly Value[] | TextCondition | LabelReference

/** Conditions on labels; only on labels that exist, closed ones only with values they may have. */
export type Where<L extends Label> = {
  readonly [One in L as One['name']]?: One extends Label<string, infer Value>
    ? Wanted<Value>
    : never
}

/** Matches values by regular expression (RE2, anchored at both ends). */
export function matching(pattern: string): TextCondition {
  return { operator: '=~', value: pattern }
}

/** Matches every other value; `not('')` means "has the label". */
export function not(value: string): TextCondition {
  return { operator: '!=', value }
}

/** Matches numbers of at least `limit`. */
export function atLeast(limit: number): NumberCondition {
  return { operator: '>=', value: limit }
}

/** The conditions of a {@link Where} or `LinesWhere`, in the order they were written. */
export function toMatchers(where: object): readonly Matcher[] {
  // Builders check names and values by type; from here on they are plain text.
  const entries: readonly (readonly [string, AnyWanted | undefined])[] = Object.entries(where)
  return entries.flatMap(([label, wanted]) =>
    wanted === undefined ? [] : [{ label, ...toCondition(wanted) }],
  )
}

type AnyWanted = Wanted<string> | NumberCondition

function toCondition(wanted: AnyWanted): TextCondition | NumberCondition {
  if (typeof wanted === 'string') return { operator: '=', value: wanted }
  if ('operator' in wanted) return wanted
  const [only, ...others] = wanted
  if (only !== undefined && others.length === 0) return { operator: '=', value: only }
  return matching(wanted.map(escapePattern).join('|'))
}

function escapePattern(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}

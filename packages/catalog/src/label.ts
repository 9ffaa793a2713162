/** One label name together with the values it may take. */
export interface Label<Name extends string = string, Value extends string = string> {
  readonly name: Name
  readonly description: string
  /** The closed set of values; absent where values are data (a host name, a node id). */
  readonly values?: readonly Value[]
  /** The most distinct values this label may take; guards fold what exceeds it. */
  readonly bound: number
}

/** A label whose values are all known. */
export function closedLabel<const Name extends string, const Value extends string>(
  name: Name,
  description: string,
  values: readonly Value[],
): Label<Name, Value> {
  return { name, description, values, bound: values.length }
}

/** A label whose values are data, at most `bound` of them. */
export function openLabel<const Name extends string>(
  name: Name,
  description: string,
  bound: number,
): Label<Name> {
  return { name, description, bound }
}

/** The value that guards put in place of label values beyond a bound. */
export const OVERFLOW_VALUE = '__other__'

/** The value of `host` and `domain` for requests to a name that no domain is configured for. */
export const UNKNOWN_VALUE = '__unknown__'

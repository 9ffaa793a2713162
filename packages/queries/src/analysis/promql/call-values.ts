import type { CallExpression } from '../expression.ts'
import type { Outcome } from '../outcome.ts'
import { type ValueRange, anyValue, between, exactly } from '../value-range.ts'

const notNegative: ValueRange = { min: 0, max: Infinity, maybeNaN: true }

const fixed: ReadonlyMap<string, ValueRange> = new Map<string, ValueRange>([
  ['absent', exactly(1)],
  ['absent_over_time', exactly(1)],
  ['present_over_time', exactly(1)],
  ['count_over_time', between(1, Infinity)],
  ['changes', between(0, Infinity)],
  ['resets', between(0, Infinity)],
  ['abs', notNegative],
  ['sqrt', notNegative],
  ['sgn', { min: -1, max: 1, maybeNaN: true }],
  ['stddev_over_time', notNegative],
  ['stdvar_over_time', notNegative],
  // Of a time that is no number, these too are none.
  ['month', { min: 1, max: 12, maybeNaN: true }],
  ['day_of_month', { min: 1, max: 31, maybeNaN: true }],
  ['day_of_week', { min: 0, max: 6, maybeNaN: true }],
  ['hour', { min: 0, max: 23, maybeNaN: true }],
  ['minute', { min: 0, max: 59, maybeNaN: true }],
  ['pi', exactly(Math.PI)],
])

/** Functions that change labels or order only. */
const valuePreserving = new Set(['vector', 'sort', 'sort_desc', 'label_replace', 'label_join'])

/** Values a call can yield. */
export function valuesOfCall(
  { function: name }: CallExpression,
  outcomes: readonly Outcome[],
): ValueRange {
  const known = fixed.get(name)
  if (known !== undefined) return known
  const [values = anyValue, limit = anyValue] = outcomes.map((outcome) => outcome.values)
  if (valuePreserving.has(name)) return values
  if (name === 'scalar') return { ...values, maybeNaN: true }
  // A limit that is no number makes every value none.
  if (name === 'clamp_max') {
    return { min: -Infinity, max: limit.max, maybeNaN: values.maybeNaN || limit.maybeNaN }
  }
  if (name === 'clamp_min') {
    return { min: limit.min, max: Infinity, maybeNaN: values.maybeNaN || limit.maybeNaN }
  }
  return anyValue
}

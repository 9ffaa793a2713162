/** Freezes a value and everything it holds: queries are shared, so nobody may change one. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const inner of Object.values(Object.freeze(value))) freeze(inner)
  }
  return value
}

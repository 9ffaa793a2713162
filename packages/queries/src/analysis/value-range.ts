/** Values an expression can have; both ends inclusive. */
export interface ValueRange {
  readonly min: number
  readonly max: number
  readonly maybeNaN: boolean
}

export const anyValue: ValueRange = { min: -Infinity, max: Infinity, maybeNaN: true }

export function between(min: number, max: number): ValueRange {
  return { min, max, maybeNaN: false }
}

/** A number that is known. */
export function exactly(value: number): ValueRange {
  return Number.isNaN(value) ? anyValue : between(value, value)
}

const mirrored: Readonly<Record<string, string>> = {
  '<': '>',
  '<=': '>=',
  '==': '==',
  '!=': '!=',
  '>=': '<=',
  '>': '<',
}

/** Whether a comparison always holds or never does; `undefined` where it depends. */
export function compareRanges(
  left: ValueRange,
  operator: string,
  right: ValueRange,
): boolean | undefined {
  if (operator === '>' || operator === '>=') {
    return compareRanges(right, mirrored[operator] ?? '', left)
  }
  const maybeNaN = left.maybeNaN || right.maybeNaN
  if (operator === '!=') {
    const isEqual = compareRanges(left, '==', right)
    return isEqual === undefined ? undefined : !isEqual
  }
  const outcome = compareNumbers(left, operator, right)
  return outcome === true && maybeNaN ? undefined : outcome
}

function compareNumbers(
  left: ValueRange,
  operator: string,
  right: ValueRange,
): boolean | undefined {
  switch (operator) {
    case '==':
      if (left.max < right.min || right.max < left.min) return false
      return left.min === right.max && left.max === right.min ? true : undefined
    case '<':
      if (left.max < right.min) return true
      return left.min >= right.max ? false : undefined
    case '<=':
      if (left.max <= right.min) return true
      return left.min > right.max ? false : undefined
    default:
      return undefined
  }
}

/** The values of the left side that a comparison lets pass. */
export function narrow(left: ValueRange, operator: string, right: ValueRange): ValueRange {
  const maybeNaN = operator === '!=' && left.maybeNaN
  switch (operator) {
    case '<':
    case '<=':
      return { min: left.min, max: Math.min(left.max, right.max), maybeNaN }
    case '>':
    case '>=':
      return { min: Math.max(left.min, right.min), max: left.max, maybeNaN }
    case '==':
      return { min: Math.max(left.min, right.min), max: Math.min(left.max, right.max), maybeNaN }
    default:
      return { ...left, maybeNaN }
  }
}

/** Values of arithmetic; only of constants, since a range may hold infinities. */
export function calculate(left: ValueRange, operator: string, right: ValueRange): ValueRange {
  if (left.min !== left.max || right.min !== right.max) return anyValue
  if (left.maybeNaN || right.maybeNaN) return anyValue
  const [one, other] = [left.min, right.min]
  const results: Readonly<Record<string, number>> = {
    '+': one + other,
    '-': one - other,
    '*': one * other,
    '/': one / other,
    '%': one % other,
    '^': one ** other,
  }
  return exactly(results[operator] ?? Number.NaN)
}

/** Values of either of two. */
export function hull(left: ValueRange, right: ValueRange): ValueRange {
  return {
    min: Math.min(left.min, right.min),
    max: Math.max(left.max, right.max),
    maybeNaN: left.maybeNaN || right.maybeNaN,
  }
}

/** The comparison with its sides exchanged. */
export function mirror(operator: string): string {
  return mirrored[operator] ?? operator
}

/** How tightly operators bind; `^` from the right, all others from the left. */
const precedence: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ...['and', 'unless', ','].map((operator) => [operator, 2] as const),
  ...['==', '!=', '<=', '<', '>=', '>', '</', '>/'].map((operator) => [operator, 3] as const),
  ...['+', '-'].map((operator) => [operator, 4] as const),
  ...['*', '/', '%', 'atan2'].map((operator) => [operator, 5] as const),
  ['^', 6],
])

/** Operands with the operators between them, in the order of the text. */
export interface OperatorChain<Operand, Operator extends { readonly text: string }> {
  readonly first: Operand
  readonly rest: readonly { readonly operator: Operator; readonly operand: Operand }[]
}

/**
 * Builds the tree of a chain.
 *
 * The grammars do not: LogQL's knows no precedence, PromQL's lets `a or b offset 5m / c` divide
 * all that stands before it.
 */
export function joinChain<Operand, Operator extends { readonly text: string }>(
  { first, rest }: OperatorChain<Operand, Operator>,
  combine: (left: Operand, operator: Operator, right: Operand) => Operand,
): Operand {
  const operands = [first]
  const operators: Operator[] = []
  const reduce = (): void => {
    const right = operands.pop()
    const left = operands.pop()
    const operator = operators.pop()
    if (left === undefined || right === undefined || operator === undefined) return
    operands.push(combine(left, operator, right))
  }
  for (const { operator, operand } of rest) {
    while (operators.length > 0 && bindsFirst(operators.at(-1)?.text, operator.text)) reduce()
    operators.push(operator)
    operands.push(operand)
  }
  while (operators.length > 0) reduce()
  return operands[0] ?? first
}

function bindsFirst(earlier: string | undefined, later: string): boolean {
  const [one, other] = [precedence.get(earlier ?? '') ?? 0, precedence.get(later) ?? 0]
  return later === '^' ? one > other : one >= other
}

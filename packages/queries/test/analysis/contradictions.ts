import { type LabelFlow, labelAnswer } from '../../src/index.ts'

/** What a server returned that the analysis said cannot be, or misses what it said must be. */
export function contradictions(
  flow: LabelFlow,
  results: readonly Readonly<Record<string, string>>[],
): readonly string[] {
  const all = results.flatMap((labels) => {
    const names = new Set([...Object.keys(labels), ...flow.named.keys()])
    return [...names].flatMap((name) => {
      const isThere = (labels[name] ?? '') !== ''
      const answer = labelAnswer(flow, name)
      const isWrong = isThere ? answer === 'cannot' : answer === 'has'
      return isWrong ? [`${name}: said ${answer}, is "${labels[name] ?? ''}"`] : []
    })
  })
  return [...new Set(all)]
}

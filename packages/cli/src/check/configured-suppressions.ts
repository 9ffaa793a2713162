import type { Suppression } from '@cirrus/checks'
import { LineCounter, isNode, parseDocument } from 'yaml'
import { type CirrusYaml, FILE } from '../generate/settings.ts'

/** What `check.suppress` of `cirrus.yaml` lists, each with the place where it is written. */
export function configuredSuppressions({ settings, text }: CirrusYaml): readonly Suppression[] {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter })
  return (settings.check?.suppress ?? []).map((suppression, index) => {
    const node: unknown = document.getIn(['check', 'suppress', index], true)
    const { line, col } = lineCounter.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0)
    return { ...suppression, place: { file: FILE, line, column: col } }
  })
}

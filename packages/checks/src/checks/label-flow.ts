import { labelAnswer } from '@cirrus/queries'
import { type Report, defineCheck } from '../check.ts'
import type { Panel } from '../model/dashboard.ts'
import type { ProjectRule, Query } from '../model/project.ts'
import type { Located } from '../source/tree.ts'
import { parseTemplate } from '../template/parse-template.ts'

export const labelFlow = defineCheck({
  name: 'label-flow',
  code: 'CIR301',
  severity: 'warning',
  title: 'A text names a label that the query cannot have',
  why: 'The text comes out with a hole, or the bare name, where people expect to read what is broken.',
  check: ({ queries }) => [
    ...queries.flatMap((query) => [...ruleReports(query), ...legendReports(query)]),
    ...linkReports(queries),
  ],
})

function ruleReports(query: Query): readonly Report[] {
  if (query.owner.kind !== 'rule' || query.owner.rule.kind !== 'alert') return []
  const { rule }: ProjectRule = query.owner
  return [...rule.annotations, ...rule.labels].flatMap(([key, text]) => {
    const lacking = parseTemplate(text.value).labels.filter(({ label }) => isLacking(query, label))
    return onePerLabel(lacking).map(({ label, index }) => ({
      place: text.place(index),
      what: `"${key}" of ${rule.name.value} names the label "${label}", which the query cannot have${present(query)}.`,
      mend: `Keep "${label}" in the query, for example in its "by (…)", or name a label that it has.`,
    }))
  })
}

/** `{{label}}`; what else stands in braces is Grafana's business. */
const legendLabel = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g

function legendReports(query: Query): readonly Report[] {
  const legend = query.owner.kind === 'panel' ? query.owner.target.legend : undefined
  if (!legend) return []
  return labelsIn(legend, legendLabel)
    .filter(({ label }) => isLacking(query, label))
    .map(({ label, index }) => ({
      place: legend.place(index),
      what: `The legend "${legend.value}" names the label "${label}", which the query cannot have${present(query)}.`,
      mend: `Keep "${label}" in the query, for example in its "by (…)", or name a label that it has.`,
    }))
}

const linkLabel = /\$\{__field\.labels\.(\w+)\}/g

/** A link of a panel serves all its queries: only a label that none of them has is missing. */
function linkReports(queries: readonly Query[]): readonly Report[] {
  const byPanel = new Map<Panel, Query[]>()
  for (const query of queries) {
    if (query.owner.kind !== 'panel') continue
    const { panel } = query.owner
    byPanel.set(panel, [...(byPanel.get(panel) ?? []), query])
  }
  // Queries of other languages may have any label.
  const understood = [...byPanel].filter(([panel, shown]) => shown.length === panel.targets.length)
  return understood.flatMap(([panel, shown]) =>
    panel.links.flatMap((link) =>
      labelsIn(link, linkLabel)
        .filter(({ label }) => shown.every((query) => isLacking(query, label)))
        .map(({ label, index }) => ({
          place: link.place(index),
          what: `A link of the panel "${panel.title}" names the label "${label}", which its queries cannot have.`,
          mend: `Keep "${label}" in a query, or name a label that one has.`,
        })),
    ),
  )
}

interface LabelUse {
  readonly label: string
  readonly index: number
}

function labelsIn(text: Located<string>, pattern: RegExp): readonly LabelUse[] {
  return [...text.value.matchAll(pattern)].map((match) => ({
    label: match[1] ?? '',
    index: match.index,
  }))
}

/** Nothing is said of a query that is not understood. */
function isLacking({ analysis }: Query, label: string): boolean {
  const isUnderstood = !analysis.problems.some(({ code }) => code === 'syntax')
  return isUnderstood && labelAnswer(analysis.labels, label) === 'cannot'
}

function onePerLabel(uses: readonly LabelUse[]): readonly LabelUse[] {
  return uses.filter(({ label }, index) => uses.findIndex((use) => use.label === label) === index)
}

/** What the results do have, where that is known. */
function present({ analysis }: Query): string {
  const labels = [...analysis.labels.named].filter(([, answer]) => answer !== 'cannot')
  if (analysis.labels.others !== 'cannot') return ''
  if (labels.length === 0) return ': it has no labels'
  return `: it has ${labels.map(([label]) => label).join(', ')}`
}

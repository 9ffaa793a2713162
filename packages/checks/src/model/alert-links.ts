import type { Located } from '../source/tree.ts'
import type { Rule } from './rule-file.ts'

/** A link from an alert to a dashboard, and perhaps to a panel of it. */
export interface DashboardLink {
  readonly uid: Located<string>
  readonly panel: Located<string> | undefined
  /** Names of variables that the link sets. */
  readonly variables: readonly Located<string>[]
}

/** The annotations by which Grafana finds the panel of an alert. */
export const panelAnnotations = ['__dashboardUid__', '__panelId__'] as const

/** Severities that wake somebody. */
const urgent = new Set(['page', 'critical'])

/** Every link of an alert to a dashboard, whatever annotation it stands in. */
export function dashboardLinks({ annotations }: Rule): readonly DashboardLink[] {
  const [uid, panel] = panelAnnotations.map((name) => annotations.get(name))
  const pair = uid ? [{ uid, panel, variables: [] }] : []
  return [...pair, ...[...annotations.values()].flatMap((text) => readUrl(text) ?? [])]
}

/** The link of an alert to its runbook. */
export function runbookLink({ annotations }: Rule): Located<string> | undefined {
  return annotations.get('runbook_url') ?? annotations.get('runbook')
}

/** The file that a runbook link names; undefined where it is no Markdown file. */
export function runbookFile(link: Located<string>): Located<string> | undefined {
  const match = /\/([\w.-]+\.md)(?:#.*)?$/.exec(link.value)
  return match ? part(link, match) : undefined
}

/** Whether an alert wakes somebody. */
export function isUrgent({ kind, labels }: Rule): boolean {
  return kind === 'alert' && urgent.has(labels.get('severity')?.value ?? '')
}

function readUrl(text: Located<string>): DashboardLink | undefined {
  const path = /\/d\/([\w-]+)/.exec(text.value)
  if (!path) return undefined
  const panel = /[?&](?:viewPanel|panelId)=(?:panel-)?(\d+)/.exec(text.value)
  return {
    uid: part(text, path),
    panel: panel ? part(text, panel) : undefined,
    variables: [...text.value.matchAll(/[?&]var-(\w+)=/g)].map((match) => part(text, match)),
  }
}

/** The first group of a match, where it stands. */
function part({ place }: Located<string>, match: RegExpExecArray): Located<string> {
  const value = match[1] ?? ''
  const index = match.index + match[0].indexOf(value)
  return { value, place: (inner = 0) => place(index + inner) }
}

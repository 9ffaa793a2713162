import {
  type LogEvent,
  type LogFieldName,
  type LogFieldValue,
  type LogLabelName,
  type Service,
  type logFields,
  logLabelNames,
} from '@cirrus/catalog'
import { freeze } from './freeze.ts'
import { type LabelReference, type NumberCondition, type Wanted, toMatchers } from './matcher.ts'
import type { LinesNode } from './node.ts'
import { type Vector, createVector } from './vector.ts'

/** Fields that LogQL can filter by without parsing the line. */
type IndexedField = {
  [Name in LogFieldName]: (typeof logFields)[Name]['placement'] extends 'line' ? never : Name
}[LogFieldName]

/** Conditions on the indexed fields an event has. */
export type LinesWhere<Field extends LogFieldName> = {
  readonly [Name in Field & IndexedField]?: LogFieldValue<Name> extends string
    ? Wanted<string>
    : NumberCondition
}

/** Log lines, not yet counted. */
export interface Lines<L extends string = string> {
  readonly language: 'logql'
  readonly node: LinesNode
  /** Labels that a count of these lines can keep. */
  readonly labels: readonly L[]
}

/** The lines of one event. */
export function linesOf<Field extends LogFieldName>(
  event: LogEvent<readonly Field[]>,
  where: LinesWhere<Field> = {},
): Lines<LogLabelName> {
  return selectLines({ service: event.services, event: event.name, ...where })
}

/** All lines of a service. */
export function linesFrom(service: Service | LabelReference): Lines<LogLabelName> {
  return selectLines({ service })
}

/** How many lines a second. */
export function lineRate<L extends string>(lines: Lines<L>): Vector<L, 'count/s', 'logql'> {
  return createVector({
    language: 'logql',
    node: { kind: 'call', function: 'rate', arguments: [{ kind: 'window', of: lines.node }] },
    labels: lines.labels,
    unit: 'count/s',
  })
}

/** Gives a label another name, so that logs and metrics speak of the same thing. */
export function rename<L extends string, From extends L, const To extends string>(
  lines: Lines<L>,
  from: From,
  to: To,
): Lines<Exclude<L, From> | To> {
  const kept = lines.labels.filter((label): label is Exclude<L, From> => label !== from)
  const renames = [...lines.node.renames, { from, to }]
  return freeze({ language: 'logql', node: { ...lines.node, renames }, labels: [...kept, to] })
}

/** Only lines whose text matches a regular expression (RE2) somewhere. */
export function saying<L extends string>(lines: Lines<L>, pattern: string): Lines<L> {
  const contains = [...lines.node.contains, pattern]
  return freeze({ ...lines, node: { ...lines.node, contains } })
}

function selectLines(where: object): Lines<LogLabelName> {
  const labels = new Set<string>(logLabelNames)
  const conditions = toMatchers(where)
  return freeze({
    language: 'logql',
    node: {
      kind: 'lines',
      matchers: conditions.filter(({ label }) => labels.has(label)),
      filters: conditions.filter(({ label }) => !labels.has(label)),
      contains: [],
      renames: [],
      labels: logLabelNames,
    },
    labels: logLabelNames,
  })
}

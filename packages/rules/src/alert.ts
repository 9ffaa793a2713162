import type { Team } from '@cirrus/catalog'
import {
  type LabelOf,
  type LabelReferences,
  type Lines,
  type Severity,
  type Signal,
  type Thresholds,
  type Vector,
  type Witness,
  labelReferences,
  reached,
  severities,
  whereAlso,
} from '@cirrus/queries'
import { type MissingJobs, absenceTwin } from './absence-twin.ts'
import { describeConditions } from './condition-text.ts'
import type { Input } from './input.ts'
import type { PanelRef } from './panel-ref.ts'
import { usualTests } from './usual-tests.ts'
import { valueFormats } from './value-format.ts'

/** How long a signal must be past its threshold before an alert of one severity fires. */
export interface Level {
  readonly forSeconds: number
  /** Goes on firing for so long afterwards, so that a signal around its threshold tells once. */
  readonly keepFiringForSeconds?: number
}

/** One rule of an alert. */
export interface AlertLevel extends Level {
  /** Tells the levels of an alert apart: the severity, and more where that is not enough. */
  readonly key: string
  readonly severity: Severity
  /** The query whose results are firing alerts. */
  readonly condition: Vector
  /** The same in words, for the runbook. */
  readonly conditionText: string
  /** Labels that the rule adds, besides severity and team. */
  readonly labels: Readonly<Record<string, string>>
  /** Labels that the results of this level have, whatever they are about. */
  readonly resultLabels?: Readonly<Record<string, string>>
}

/** A state in which the alert fires, with everything it then says. */
export interface FiringTest<L extends string = string, S extends string = string> {
  readonly name: string
  readonly input: readonly Input[]
  readonly atSeconds: number
  /** The levels that fire. */
  readonly levels: readonly [S, ...(readonly S[])]
  /** All labels of the results, severity and static team apart. */
  readonly labels: Readonly<Record<L, string>>
  readonly value: number
}

/** A state in which the alert stays silent. */
export interface SilentTest {
  readonly name: string
  readonly input: readonly Input[]
  readonly atSeconds: number
}

/** Where an alert finds its owning team: the same for all results, or in a label of each. */
type TeamOf<L extends string> = Team | { readonly fromLabel: L & 'team' }

/** A record with at least one of the keys. */
type AtLeastOne<K extends string, Value> = {
  [One in K]: Readonly<Record<One, Value> & Partial<Record<Exclude<K, One>, Value>>>
}[K]

type Text<L extends string> = (labels: LabelReferences<L>, value: string) => string

type WithInput<Test, V extends Vector> = Omit<Test, 'input'> & {
  readonly input: readonly Input<V['language']>[]
}

/** What an author must say about an alert; leave something out and it does not compile. */
export interface AlertDefinition<Name extends string, V extends Vector, T extends Thresholds> {
  /** UpperCamel; also the name of the runbook. */
  readonly name: string
  readonly signal: Signal<Name, V, T>
  /** A second signal that must be past its threshold of the same severity too. */
  readonly also?: Signal<string, Vector<LabelOf<V>, Vector['unit'], V['language']>, T>
  readonly team: TeamOf<LabelOf<V>>
  readonly levels: AtLeastOne<keyof T & Severity, Level>
  readonly summary: Text<LabelOf<V>>
  readonly description: Text<LabelOf<V>>
  /** A panel that shows the signal. */
  readonly panel: PanelRef<Name>
  /** The log lines that explain this alert. */
  readonly logs: (labels: LabelReferences<LabelOf<V>>) => Lines
  /** Series without which a page would never come: their absence is a ticket. Pages must have one. */
  readonly witness?: Witness | MissingJobs
  readonly tests: TestsOf<V, T>
}

/** Tests by hand, or a way to make the signal show any value, for the usual ones; or both. */
type TestsOf<V extends Vector, T extends Thresholds> =
  | (HandWritten<V, T> & { readonly feed?: Feed<V> })
  | (Partial<HandWritten<V, T>> & { readonly feed: Feed<V> })

interface HandWritten<V extends Vector, T extends Thresholds> {
  readonly firing: readonly [Firing<V, T>, ...(readonly Firing<V, T>[])]
  readonly silent: readonly [Silent<V>, ...(readonly Silent<V>[])]
}

type Firing<V extends Vector, T extends Thresholds> = WithInput<
  FiringTest<LabelOf<V>, keyof T & Severity>,
  V
>
type Silent<V extends Vector> = WithInput<SilentTest, V>

/** How to make a signal show a value. */
interface Feed<V extends Vector> {
  readonly labels: Readonly<Record<LabelOf<V>, string>>
  readonly input: (value: number) => readonly Input<V['language']>[]
}

/** An alert as data: one rule per severity, texts as templates. */
export interface Alert {
  readonly name: string
  readonly signal: Signal
  readonly also: Signal | undefined
  /** `undefined` when the results carry a `team` label. */
  readonly team: Team | undefined
  readonly levels: readonly AlertLevel[]
  readonly summary: string
  readonly description: string
  readonly panel: PanelRef
  readonly logs: Lines
  /** Name of the page in `runbooks`. */
  readonly runbook: string
  readonly firing: readonly FiringTest[]
  readonly silent: readonly SilentTest[]
  /** Fires where this alert is blind. */
  readonly twin: Alert | undefined
}

/**
 * Makes an alert of its definition.
 *
 * @throws {RangeError} when it pages and nothing would tell that it is blind
 */
export function defineAlert<Name extends string, V extends Vector, T extends Thresholds>(
  definition: AlertDefinition<Name, V, T>,
): Alert {
  const { name, signal, team, summary, description, tests, witness } = definition
  const labels = labelReferences<LabelOf<V>>(signal.expr.labels)
  const value = valueFormats[signal.expr.unit].template
  const levels = toLevels(definition)
  if (witness === undefined && levels.some(({ severity }) => severity === 'page')) {
    throw new RangeError(`Alert ${name} pages: give it a witness, so that its silence is noticed`)
  }
  const usual = tests.feed ? usualTests(signal, levels, tests.feed) : { firing: [], silent: [] }
  const alert: Alert = {
    name,
    signal,
    also: definition.also,
    team: typeof team === 'string' ? team : undefined,
    levels,
    summary: summary(labels, value),
    description: description(labels, value),
    panel: definition.panel,
    logs: definition.logs(labels),
    runbook: name,
    firing: [...(tests.firing ?? []), ...usual.firing],
    silent: [...(tests.silent ?? []), ...usual.silent],
    twin: undefined,
  }
  return witness ? { ...alert, twin: absenceTwin(alert, witness) } : alert
}

function toLevels({
  signal,
  also,
  levels,
}: {
  readonly signal: Signal
  readonly also?: Signal
  readonly levels: { readonly [S in Severity]?: Level }
}): readonly AlertLevel[] {
  return severities.flatMap((severity) => {
    const level = levels[severity]
    if (!level) return []
    const condition = conditionOf(signal, also, severity)
    const conditionText = describeConditions([signal, ...(also ? [also] : [])], severity)
    return [{ key: severity, severity, condition, conditionText, labels: {}, ...level }]
  })
}

function conditionOf(signal: Signal, also: Signal | undefined, severity: Severity): Vector {
  const condition = reached(signal, severity)
  return also ? whereAlso(condition, reached(also, severity)) : condition
}

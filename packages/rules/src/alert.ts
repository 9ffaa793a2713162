import type { Team } from '@cirrus/catalog'
import {
  type LabelOf,
  type LabelReferences,
  type Lines,
  type Severity,
  type Signal,
  type Thresholds,
  type Vector,
  labelReferences,
  severities,
} from '@cirrus/queries'
import type { Input } from './input.ts'
import type { PanelRef } from './panel-ref.ts'
import { valueFormats } from './value-format.ts'

/** How long a signal must be past its threshold before an alert of one severity fires. */
export interface Level {
  readonly forSeconds: number
}

/** A state in which the alert fires, with everything it then says. */
export interface FiringTest<L extends string = string, S extends Severity = Severity> {
  readonly name: string
  readonly input: readonly Input[]
  readonly atSeconds: number
  /** The severities that fire. */
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
  readonly tests: {
    readonly firing: readonly [
      WithInput<FiringTest<LabelOf<V>, keyof T & Severity>, V>,
      ...(readonly WithInput<FiringTest<LabelOf<V>, keyof T & Severity>, V>[]),
    ]
    readonly silent: readonly [WithInput<SilentTest, V>, ...(readonly WithInput<SilentTest, V>[])]
  }
}

/** An alert as data: one rule per severity, texts as templates. */
export interface Alert {
  readonly name: string
  readonly signal: Signal
  readonly also: Signal | undefined
  /** `undefined` when the results carry a `team` label. */
  readonly team: Team | undefined
  readonly levels: readonly (Level & { readonly severity: Severity })[]
  readonly summary: string
  readonly description: string
  readonly panel: PanelRef
  readonly logs: Lines
  readonly firing: readonly FiringTest[]
  readonly silent: readonly SilentTest[]
}

/** Makes an alert of its definition. */
export function defineAlert<Name extends string, V extends Vector, T extends Thresholds>(
  definition: AlertDefinition<Name, V, T>,
): Alert {
  const { signal, team, levels, summary, description, tests } = definition
  const labels = labelReferences<LabelOf<V>>(signal.expr.labels)
  const value = valueFormats[signal.expr.unit].template
  return {
    name: definition.name,
    signal,
    also: definition.also,
    team: typeof team === 'string' ? team : undefined,
    levels: toLevels(levels),
    summary: summary(labels, value),
    description: description(labels, value),
    panel: definition.panel,
    logs: definition.logs(labels),
    firing: tests.firing,
    silent: tests.silent,
  }
}

function toLevels(levels: { readonly [S in Severity]?: Level }): Alert['levels'] {
  return severities.flatMap((severity) => {
    const level = levels[severity]
    return level ? [{ severity, ...level }] : []
  })
}

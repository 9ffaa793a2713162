import type { LabelOf, Lines, Quantity, Signal, Thresholds, Vector } from '@cirrus/queries'

/** One query of a panel and how its results are named. */
export interface PanelQuery {
  readonly query: Vector | Lines
  /** Grafana legend, `{{label}}` for labels. */
  readonly legend: string
}

/** A panel as data; `style/build-panel.ts` makes Grafana's JSON of it. */
export interface Panel<Name extends string = string> {
  readonly kind: 'timeseries' | 'stat' | 'table' | 'logs' | 'text'
  /** Unique in its dashboard and never reused: links of alerts name it. */
  readonly id: number
  readonly title: string
  readonly description: string
  /** Columns of 24. */
  readonly width: number
  readonly height: number
  readonly queries: readonly PanelQuery[]
  readonly signals: readonly Signal[]
  /** Names of the signals. */
  readonly shows: Readonly<Record<Name, true>>
  /** Overrides the unit of the signals where people know a better word for it. */
  readonly unit?: string
  readonly stacked?: boolean
  /** Markdown of a text. */
  readonly content?: string
}

/** A signal in a panel. */
export interface Shown<Name extends string = string, U extends Quantity = Quantity> {
  readonly name: Name
  readonly unit: U
  readonly signal: Signal
  readonly legend: string
}

type LegendReferences<L extends string> = { readonly [Name in L]: `{{${Name}}}` }

/** Shows a signal; its legend can only name labels that the results have. */
export function show<Name extends string, V extends Vector, T extends Thresholds>(
  signal: Signal<Name, V, T>,
  legend: (labels: LegendReferences<LabelOf<V>>) => string,
): Shown<Name, V['unit']> {
  return {
    name: signal.name,
    unit: signal.expr.unit,
    signal,
    legend: legend(legendReferences<LabelOf<V>>(signal.expr.labels)),
  }
}

function legendReferences<L extends string>(labels: readonly L[]): LegendReferences<L>
function legendReferences(labels: readonly string[]): LegendReferences<string> {
  return Object.fromEntries(labels.map((label) => [label, `{{${label}}}` as const]))
}

import type { Place } from '../source/source-file.ts'
import type { Located } from '../source/tree.ts'
import type { Language } from './rule-file.ts'

/** A Grafana dashboard, whichever version of the model it is written in. */
export interface Dashboard {
  readonly path: string
  readonly uid: Located<string> | undefined
  readonly title: string
  /** Names of its variables. */
  readonly variables: readonly Located<string>[]
  /** All panels, those of rows included, rows themselves not. */
  readonly panels: readonly Panel[]
}

/** Where a query goes. */
export interface Datasource {
  /** The language of its queries, where it has one of ours and the dashboard says so. */
  readonly language: Language | undefined
  /** The uid or name as it is written; may be a variable. */
  readonly reference: Located<string> | undefined
}

export interface Panel {
  readonly id: Located<number> | undefined
  readonly kind: string
  readonly title: string
  readonly description: string
  readonly unit: Located<string> | undefined
  readonly hasMappings: boolean
  readonly grid: Grid | undefined
  /** Panels of one scope are drawn beside each other: those of the dashboard, or of one row. */
  readonly scope: string
  readonly datasource: Datasource | undefined
  readonly targets: readonly Target[]
  /** Values of threshold lines. */
  readonly thresholds: readonly number[]
  readonly links: readonly Located<string>[]
  readonly place: () => Place
}

/** Columns and rows that a panel takes. */
export interface Grid {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** One query of a panel. */
export interface Target {
  readonly refId: Located<string> | undefined
  readonly expr: Located<string> | undefined
  /** Names the results; absent where it has no effect, as for a table. */
  readonly legend: Located<string> | undefined
  readonly datasource: Datasource | undefined
  readonly place: () => Place
}

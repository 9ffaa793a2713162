import type { Panel } from './panel.ts'
import type { Choice, LabelVariable } from './variables.ts'

interface Row {
  readonly title: string
  readonly panels: readonly Panel[]
}

/** A dashboard as data. */
export interface Dashboard {
  /** Also its file name. */
  readonly uid: string
  /** Grafana folder. */
  readonly folder: string
  readonly title: string
  readonly description: string
  readonly variables: readonly LabelVariable[]
  /** Numbers that people may change, a price for instance. */
  readonly choices?: readonly Choice[]
  readonly rows: readonly Row[]
}

/** The variables of a dashboard by the label they select. */
export function filtersOf({ variables }: Dashboard): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variables.flatMap(({ name, labels }) => labels.map((label) => [label, name])),
  )
}

/** A panel where it stands: what an alert needs to link to it. */
export interface PlacedPanel<Name extends string> {
  readonly dashboard: string
  readonly panel: number
  readonly shows: Readonly<Record<Name, true>>
  readonly variables: Readonly<Record<string, string>>
}

/**
 * Refers to a panel of a dashboard.
 *
 * @throws {RangeError} when the panel is on another dashboard
 */
export function panelRef<Name extends string>(
  dashboard: Dashboard,
  panel: Panel<Name>,
): PlacedPanel<Name> {
  const panels: readonly Panel[] = dashboard.rows.flatMap((row) => row.panels)
  if (!panels.includes(panel)) {
    throw new RangeError(`Panel "${panel.title}" is not on the dashboard ${dashboard.uid}`)
  }
  return {
    dashboard: dashboard.uid,
    panel: panel.id,
    shows: panel.shows,
    variables: filtersOf(dashboard),
  }
}

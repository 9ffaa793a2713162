/** A panel of a dashboard, as an alert links to it. */
export interface PanelRef<Shown extends string = string> {
  readonly dashboard: string
  readonly panel: number
  /** The signals it shows, by name: an alert links only to a panel that shows its signal. */
  readonly shows: Readonly<Record<Shown, true>>
  /** Variables of the dashboard by the label they select. */
  readonly variables: Readonly<Record<string, string>>
}

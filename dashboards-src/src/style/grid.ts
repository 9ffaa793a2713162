import type { Dashboard } from './dashboard.ts'
import type { Panel } from './panel.ts'

export interface GridPosition {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Something with a place: a row heading or a panel. */
export type GridItem =
  | { readonly heading: string; readonly id: number; readonly position: GridPosition }
  | { readonly panel: Panel; readonly position: GridPosition }

const COLUMNS = 24

/** Row headings get ids beyond those of panels. */
const FIRST_HEADING_ID = 1000

/** Places panels left to right, wrapping where the next does not fit; each row starts anew. */
export function placePanels({ rows }: Dashboard): readonly GridItem[] {
  let y = 0
  return rows.flatMap(({ title, panels }, index) => {
    const position = { x: 0, y, w: COLUMNS, h: 1 }
    const placed = placeRow(panels, y + 1)
    y = Math.max(y + 1, ...placed.map((item) => item.position.y + item.position.h))
    return [{ heading: title, id: FIRST_HEADING_ID + index, position }, ...placed]
  })
}

function placeRow(panels: readonly Panel[], top: number): readonly GridItem[] {
  let [x, y, lineHeight] = [0, top, 0]
  return panels.map((panel) => {
    if (x + panel.width > COLUMNS) [x, y, lineHeight] = [0, y + lineHeight, 0]
    const position = { x, y, w: panel.width, h: panel.height }
    x += panel.width
    lineHeight = Math.max(lineHeight, panel.height)
    return { panel, position }
  })
}

import { type Report, defineCheck } from '../check.ts'
import type { Dashboard, Grid, Panel } from '../model/dashboard.ts'

const COLUMNS = 24

export const panelOverlap = defineCheck({
  name: 'panel-overlap',
  code: 'CIR404',
  severity: 'warning',
  title: 'Panels overlap, or leave the grid',
  why: 'Grafana moves such panels when it loads the dashboard, so it looks different from what the file says.',
  check: ({ dashboards }) => dashboards.flatMap(reportsOf),
})

type Placed = Panel & { readonly grid: Grid }

function reportsOf({ panels }: Dashboard): readonly Report[] {
  const placed = panels.filter((panel): panel is Placed => panel.grid !== undefined)
  return placed.flatMap((panel, index) => [
    ...leaving(panel),
    ...placed
      .slice(0, index)
      .filter((other) => other.scope === panel.scope && overlap(other.grid, panel.grid))
      .slice(0, 1)
      .map((other) => ({
        place: panel.place(),
        what: `The panel "${panel.title}" lies on "${other.title}".`,
        mend: 'Give them different positions; x counts columns of 24, y counts down.',
      })),
  ])
}

function leaving({ title, grid, place }: Placed): readonly Report[] {
  if (grid.x >= 0 && grid.x + grid.w <= COLUMNS) return []
  const what = `The panel "${title}" takes the columns ${grid.x} to ${grid.x + grid.w} of ${COLUMNS}.`
  return [{ place: place(), what, mend: 'Make it narrower, or move it.' }]
}

function overlap(a: Grid, b: Grid): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

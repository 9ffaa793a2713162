import { workerSignals } from '@cirrus/queries'
import { describe, expect, it } from 'vitest'
import type { Dashboard } from './dashboard.ts'
import { placePanels } from './grid.ts'
import { type Panel, show } from './panel.ts'
import { timeSeries } from './panels.ts'

function panel(id: number, width: number, height: number): Panel {
  return timeSeries({ id, width, height, series: [show(workerSignals.nodesUp, () => '')] })
}

const dashboard: Dashboard = {
  uid: 'demo',
  folder: 'demo',
  title: 'Demo',
  description: '',
  variables: [],
  rows: [
    { title: 'One', panels: [panel(1, 16, 4), panel(2, 8, 6), panel(3, 12, 8)] },
    { title: 'Two', panels: [panel(4, 24, 5)] },
  ],
}

describe('placePanels', () => {
  it('wraps where a panel does not fit, below the tallest of the line', () => {
    expect(placePanels(dashboard).map(({ position: { x, y, w, h } }) => [x, y, w, h])).toEqual([
      [0, 0, 24, 1],
      [0, 1, 16, 4],
      [16, 1, 8, 6],
      [0, 7, 12, 8],
      [0, 15, 24, 1],
      [0, 16, 24, 5],
    ])
  })
})

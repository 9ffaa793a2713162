import { type Html, html } from './html.ts'
import type { Trend } from './status-model.ts'

const WIDTH = 120
const HEIGHT = 28
const MARGIN = 2

/** A line over the last minutes; gaps stay gaps. The highest value shown is at least `top`. */
export function sparkline({ points }: Trend, top: number): Html {
  const highest = Math.max(top, ...points.filter((value) => value !== undefined))
  const x = (index: number): number => (WIDTH * index) / Math.max(1, points.length - 1)
  const y = (value: number): number => HEIGHT - MARGIN - ((HEIGHT - 2 * MARGIN) * value) / highest
  const runs = runsOf(points)
  const lines = runs.map((run) =>
    run.map(({ index, value }) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' '),
  )
  const areas = runs.map((run, number) => {
    const [first, last] = [run[0]?.index ?? 0, run.at(-1)?.index ?? 0]
    return `${x(first).toFixed(1)},${HEIGHT} ${lines[number]} ${x(last).toFixed(1)},${HEIGHT}`
  })
  return html`<svg
    class="spark"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${areas.map((area) => html`<polygon points="${area}" />`)}
    ${lines.map((line) => html`<polyline points="${line}" />`)}
  </svg>`
}

interface Point {
  readonly index: number
  readonly value: number
}

function runsOf(points: Trend['points']): readonly (readonly Point[])[] {
  const runs: Point[][] = []
  let isOpen = false
  for (const [index, value] of points.entries()) {
    if (value === undefined) isOpen = false
    else {
      if (!isOpen) runs.push([])
      runs.at(-1)?.push({ index, value })
      isOpen = true
    }
  }
  return runs.filter((run) => run.length > 1)
}

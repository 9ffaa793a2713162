import { SCRAPE_INTERVAL_SECONDS } from '@cirrus/catalog'
import { formatDuration } from './duration.ts'
import type { RenderContext } from './render.ts'

/** A rate over fewer scrapes than this is mostly noise and gaps. */
const MIN_SCRAPES_PER_WINDOW = 4

/** Queries of dashboard panels: Grafana chooses the window and fills in its variables. */
export function panelContext(filters: RenderContext['filters']): RenderContext {
  return { windows: { promql: '$__rate_interval', logql: '$__auto' }, filters }
}

/** Queries of rules: a fixed window, never shorter than four scrapes. */
export function ruleContext(windowSeconds: number, timeScale = 1): RenderContext {
  const floor = MIN_SCRAPES_PER_WINDOW * SCRAPE_INTERVAL_SECONDS
  const window = formatDuration(Math.max(windowSeconds * timeScale, floor))
  return { windows: { promql: window, logql: window }, filters: {} }
}

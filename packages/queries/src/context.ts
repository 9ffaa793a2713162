import { SCRAPE_INTERVAL_SECONDS } from '@cirrus/catalog'
import { formatDuration } from './duration.ts'
import type { RenderContext } from './render.ts'

/** A rate over fewer than four scrapes is mostly noise and gaps. */
export const MIN_WINDOW_SECONDS = 4 * SCRAPE_INTERVAL_SECONDS

/** Queries of dashboard panels: Grafana chooses the window and fills in its variables. */
export function panelContext(filters: RenderContext['filters']): RenderContext {
  return { windows: { promql: '$__rate_interval', logql: '$__auto' }, filters }
}

/** Queries of rules: a fixed window, never shorter than four scrapes. */
export function ruleContext(windowSeconds: number, timeScale = 1): RenderContext {
  const fixedWindow = (seconds: number): string =>
    formatDuration(Math.max(seconds * timeScale, MIN_WINDOW_SECONDS))
  const window = fixedWindow(windowSeconds)
  return { windows: { promql: window, logql: window }, filters: {}, fixedWindow }
}

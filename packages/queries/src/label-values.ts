import type { Label, Metric } from '@cirrus/catalog'
import { panelContext } from './context.ts'
import { type RenderContext, render } from './render.ts'
import { type Recording, recorded } from './recorded.ts'
import { gauge } from './series.ts'

/** The query of a Grafana variable: values of a label, filtered by other variables. */
export function labelValues<L extends Label>(
  metric: Metric<string, 'gauge' | 'info', readonly L[]>,
  label: NoInfer<L>['name'],
  filters: RenderContext['filters'],
): string {
  return `label_values(${render(gauge(metric), panelContext(filters))}, ${label})`
}

/** The same of a recorded series. */
export function recordedValues<L extends Label>(
  recording: Recording<L>,
  label: NoInfer<L>['name'],
): string {
  return `label_values(${render(recorded(recording), panelContext({}))}, ${label})`
}

import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import { buildTargets } from './build-target.ts'
import { datasourceRef } from './datasources.ts'
import type { GridPosition } from './grid.ts'
import type { Panel } from './panel.ts'
import { thresholdsOf } from './thresholds.ts'
import { grafanaUnits } from './units.ts'
import { visualizations } from './visualizations.ts'

/** A panel as Grafana's JSON model. */
export function buildPanel(
  panel: Panel,
  position: GridPosition,
  filters: Readonly<Record<string, string>>,
): sdk.Panel {
  const [first] = panel.queries
  const [signal] = panel.signals
  const builder = visualizations[panel.kind](panel)
    .id(panel.id)
    .title(panel.title)
    .description(panel.description)
    .gridPos({ ...position })
  if (first) {
    builder
      .datasource(datasourceRef(first.query.language))
      .targets([...buildTargets(panel, filters)])
  }
  if (signal) {
    builder
      .unit(panel.unit ?? grafanaUnits[signal.expr.unit])
      .thresholds(thresholdsOf(panel.signals.find(hasThresholds)))
  }
  return builder.build()
}

function hasThresholds({ thresholds }: Panel['signals'][number]): boolean {
  return Object.keys(thresholds).length > 0
}

import * as common from '@grafana/grafana-foundation-sdk/common'
import { PanelBuilder as LogsBuilder } from '@grafana/grafana-foundation-sdk/logs'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table'
import { PanelBuilder as TextBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text'
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import { refIdOf } from './build-target.ts'
import type { Panel } from './panel.ts'
import { thresholdsOf } from './thresholds.ts'
import { grafanaUnits } from './units.ts'

/** The house look of each kind of panel. */
export const visualizations = {
  timeseries: timeSeriesBuilder,
  stat: statBuilder,
  table: tableBuilder,
  logs: logsBuilder,
  text: textBuilder,
} as const satisfies Record<Panel['kind'], (panel: Panel) => unknown>

function timeSeriesBuilder({ signals, stacked }: Panel): TimeSeriesBuilder {
  const hasLimits = signals.some(({ thresholds }) => Object.keys(thresholds).length > 0)
  const thresholdMode = hasLimits
    ? common.GraphThresholdsStyleMode.Dashed
    : common.GraphThresholdsStyleMode.Off
  const stacking = stacked ? common.StackingMode.Normal : common.StackingMode.None
  return new TimeSeriesBuilder()
    .lineWidth(1)
    .fillOpacity(stacked ? 30 : 8)
    .showPoints(common.VisibilityMode.Never)
    .axisSoftMin(0)
    .stacking(new common.StackingConfigBuilder().mode(stacking))
    .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(thresholdMode))
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(common.LegendDisplayMode.Table)
        .placement(common.LegendPlacement.Bottom)
        .calcs(['lastNotNull', 'max']),
    )
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        // oxlint-disable-next-line unicorn/no-array-sort -- a builder, not an array
        .sort(common.SortOrder.Descending),
    )
}

function statBuilder(): StatBuilder {
  return new StatBuilder()
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.None)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
}

/** Instant results of all queries side by side; each column named and coloured as its signal. */
function tableBuilder({ signals }: Panel): TableBuilder {
  const renameByName = Object.fromEntries(
    signals.map(({ title }, index) => [`Value #${refIdOf(index)}`, title]),
  )
  const options = { excludeByName: { Time: true }, renameByName }
  const builder = new TableBuilder()
    .filterable(true)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'organize', options })
  for (const signal of signals) {
    builder.overrideByName(signal.title, [
      { id: 'unit', value: grafanaUnits[signal.expr.unit] },
      { id: 'thresholds', value: thresholdsOf(signal).build() },
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
    ])
  }
  return builder
}

function textBuilder({ content = '' }: Panel): TextBuilder {
  return new TextBuilder().mode(TextMode.Markdown).content(content)
}

function logsBuilder(): LogsBuilder {
  return new LogsBuilder()
    .showTime(true)
    .wrapLogMessage(true)
    .prettifyLogMessage(false)
    .enableLogDetails(true)
    .sortOrder(common.LogsSortOrder.Descending)
}

import { panelContext, render } from '@cirrus/queries'
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import { DataqueryBuilder as LokiQuery } from '@grafana/grafana-foundation-sdk/loki'
import {
  PromQueryFormat,
  DataqueryBuilder as PrometheusQuery,
} from '@grafana/grafana-foundation-sdk/prometheus'
import { datasourceRef } from './datasources.ts'
import type { Panel } from './panel.ts'

/** Queries of a panel, named A, B, C …; filtered by the variables of its dashboard. */
export function buildTargets(
  { kind, queries }: Panel,
  filters: Readonly<Record<string, string>>,
): readonly Builder<Dataquery>[] {
  return queries.map(({ query, legend }, index) => {
    const refId = refIdOf(index)
    const expr = render(query, panelContext(filters))
    const datasource = datasourceRef(query.language)
    if (query.language === 'logql') {
      return new LokiQuery()
        .refId(refId)
        .datasource(datasource)
        .expr(expr)
        .legendFormat(legend)
        .queryType('range')
    }
    const target = new PrometheusQuery()
      .refId(refId)
      .datasource(datasource)
      .expr(expr)
      .legendFormat(legend)
    if (kind === 'timeseries') return target.range()
    return target
      .instant()
      .format(kind === 'table' ? PromQueryFormat.Table : PromQueryFormat.TimeSeries)
  })
}

export function refIdOf(index: number): string {
  return String.fromCodePoint(65 + index)
}

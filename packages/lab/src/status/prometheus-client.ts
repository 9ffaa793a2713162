import { Type } from 'typebox'
import { readJson } from './read-json.ts'
import type { Trend } from './status-model.ts'

const labels = Type.Record(Type.String(), Type.String())

const rangeSchema = Type.Object({
  data: Type.Object({
    result: Type.Array(
      Type.Object({
        metric: labels,
        values: Type.Array(Type.Tuple([Type.Number(), Type.String()])),
      }),
    ),
  }),
})

const alertsSchema = Type.Object({
  data: Type.Object({
    alerts: Type.Array(
      Type.Object({
        labels,
        annotations: labels,
        state: Type.String(),
        activeAt: Type.Optional(Type.String()),
      }),
    ),
  }),
})

export interface RuleAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly isFiring: boolean
  readonly sinceMs: number
}

export interface Range {
  readonly endMs: number
  readonly points: number
  readonly stepSeconds: number
}

/** The last minutes of a query, by the value of one label. */
export async function queryTrends(
  url: string,
  query: string,
  { label, range }: { readonly label: string; readonly range: Range },
): Promise<ReadonlyMap<string, Trend>> {
  const end = Math.floor(range.endMs / 1000)
  const start = end - (range.points - 1) * range.stepSeconds
  const parameters = new URLSearchParams({
    query,
    start: String(start),
    end: String(end),
    step: String(range.stepSeconds),
  })
  const answer = await readJson(rangeSchema, `${url}/api/v1/query_range?${parameters}`)
  const series = answer?.data.result ?? []
  return new Map(
    series.map(({ metric, values }) => {
      const points: (number | undefined)[] = Array.from({ length: range.points })
      for (const [time, text] of values) {
        const value = Number(text)
        if (Number.isFinite(value)) points[Math.round((time - start) / range.stepSeconds)] = value
      }
      return [metric[label] ?? '', { points, now: points.at(-1) }]
    }),
  )
}

/** Pending and firing alerts of Prometheus, or of Loki's ruler, which answers alike. */
export async function ruleAlerts(apiUrl: string): Promise<readonly RuleAlert[]> {
  const answer = await readJson(alertsSchema, `${apiUrl}/api/v1/alerts`)
  return (answer?.data.alerts ?? []).map((alert) => ({
    labels: alert.labels,
    annotations: alert.annotations,
    isFiring: alert.state === 'firing',
    sinceMs: Date.parse(alert.activeAt ?? '') || 0,
  }))
}

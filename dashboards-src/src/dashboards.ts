import { api } from './api.ts'
import { certificates } from './certificates.ts'
import { edgeTraffic } from './edge-traffic.ts'
import { fleetOverview } from './fleet-overview.ts'
import { logPipeline } from './log-pipeline.ts'
import { nodes } from './nodes.ts'
import { onCallHome } from './on-call-home.ts'
import { originHealth } from './origin-health.ts'
import { slos } from './slos.ts'
import type { Dashboard } from './style/dashboard.ts'
import { renderDashboard } from './style/render-dashboard.ts'
import { trafficCost } from './traffic-cost.ts'
import { workers } from './workers.ts'

/** Every dashboard. */
export const dashboards: readonly Dashboard[] = [
  onCallHome,
  fleetOverview,
  edgeTraffic,
  originHealth,
  certificates,
  trafficCost,
  nodes,
  api,
  workers,
  logPipeline,
  slos,
]

/** The JSON of every dashboard, by path relative to the root of the repository. */
export function renderDashboards(): ReadonlyMap<string, string> {
  return new Map(
    dashboards.map((dashboard) => [
      `grafana/dashboards/${dashboard.folder}/${dashboard.uid}.json`,
      renderDashboard(dashboard),
    ]),
  )
}

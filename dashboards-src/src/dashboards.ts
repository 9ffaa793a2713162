import { certificates } from './certificates.ts'
import { edgeTraffic } from './edge-traffic.ts'
import { nodes } from './nodes.ts'
import { slos } from './slos.ts'
import type { Dashboard } from './style/dashboard.ts'
import { renderDashboard } from './style/render-dashboard.ts'

/** Every dashboard. */
export const dashboards: readonly Dashboard[] = [edgeTraffic, certificates, nodes, slos]

/** The JSON of every dashboard, by path relative to the root of the repository. */
export function renderDashboards(): ReadonlyMap<string, string> {
  return new Map(
    dashboards.map((dashboard) => [
      `grafana/dashboards/${dashboard.folder}/${dashboard.uid}.json`,
      renderDashboard(dashboard),
    ]),
  )
}

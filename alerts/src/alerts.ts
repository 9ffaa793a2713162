import { type Alert, type AlertGroup, type RenderOptions, renderAlertFiles } from '@cirrus/rules'
import { apiAlerts } from './api.ts'
import { edgeLogAlerts } from './edge-logs.ts'
import { edgeAlerts } from './edge.ts'
import { jobAlerts } from './jobs.ts'
import { originAlerts } from './origin.ts'
import { shipperAlerts } from './shipper.ts'
import { sloAlerts } from './slos.ts'
import { telemetryAlerts } from './telemetry.ts'
import { workerAlerts } from './worker.ts'

/** Every alert, grouped as it is evaluated. */
export const alertGroups: readonly AlertGroup[] = [
  edgeAlerts,
  edgeLogAlerts,
  originAlerts,
  apiAlerts,
  workerAlerts,
  jobAlerts,
  shipperAlerts,
  telemetryAlerts,
  sloAlerts,
]

/** Every alert. */
export const alerts: readonly Alert[] = alertGroups.flatMap((group) => group.alerts)

/** Rules, their tests and the Alertmanager's routes, by path relative to the root of the repository. */
export function renderRules(options: RenderOptions): ReadonlyMap<string, string> {
  return renderAlertFiles(alertGroups, options)
}

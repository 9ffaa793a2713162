import type { ExportReport } from './last-export.ts'
import type { FaultName } from '../faults.ts'
import type { ComponentState } from '../supervisor.ts'
import type { LogLine } from './loki-client.ts'
import type { ShipperCounts } from './shipper-counts.ts'

/** Everything the status page shows, as data. */
export interface StatusModel {
  readonly nowMs: number
  readonly components: readonly ComponentView[]
  readonly domains: readonly DomainView[]
  readonly alerts: readonly AlertView[]
  readonly faults: readonly FaultName[]
  readonly logs: LogsView
  readonly shipper: ShipperCounts | undefined
  readonly lastExport: ExportReport | undefined
  /** How much faster than in production alerts fire here. */
  readonly alertTimeScale: number
}

export interface ComponentView {
  readonly name: string
  readonly description: string
  readonly state: ComponentState
  /** Whether it answers its health check just now. */
  readonly isHealthy: boolean
  readonly detail: string
  readonly sinceMs: number
  readonly restarts: number
  readonly address: string
  readonly page: { readonly url: string; readonly title: string } | undefined
}

/** A number over the last minutes; the last one is now. */
export interface Trend {
  readonly points: readonly (number | undefined)[]
  readonly now: number | undefined
}

export interface DomainView {
  readonly name: string
  readonly team: string
  readonly business: string
  readonly requestRate: Trend
  readonly hitRatio: Trend
  readonly errorRatio: Trend
  readonly latencyP99: Trend
}

export interface AlertView {
  readonly name: string
  readonly isFiring: boolean
  readonly severity: string
  readonly team: string
  readonly summary: string
  readonly sinceMs: number
  readonly links: readonly { readonly title: string; readonly url: string }[]
}

export interface LogsView {
  readonly domain: string
  readonly domains: readonly string[]
  /** `undefined` while Loki does not answer. */
  readonly lines: readonly LogLine[] | undefined
}

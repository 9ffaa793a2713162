/** Processes of ours that emit telemetry. The name is the `service` log label and the Prometheus job. */
export const services = {
  edge: { description: 'OpenResty or nginx with Lua: cache, routing, TLS.', team: 'platform' },
  api: { description: 'Control API.', team: 'platform' },
  worker: { description: 'Background jobs.', team: 'platform' },
  shipper: { description: 'Log sidecar.', team: 'platform' },
} as const

export type Service = keyof typeof services

export const serviceNames = Object.keys(services) as readonly Service[]

/** Who writes log lines: our processes, and the servers they stand on. */
export const logSources = [...serviceNames, 'redis', 'prometheus', 'alertmanager', 'loki'] as const

export type LogSource = (typeof logSources)[number]

/** How often Prometheus scrapes each service, in seconds. */
export const SCRAPE_INTERVAL_SECONDS = 5

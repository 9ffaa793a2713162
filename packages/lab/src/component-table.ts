import type { Component, ComponentName } from './component.ts'
import { alertmanager } from './components/alertmanager.ts'
import { api } from './components/api.ts'
import { edgeA, edgeB } from './components/edges.ts'
import { grafana } from './components/grafana.ts'
import { loki } from './components/loki.ts'
import { origins } from './components/origins.ts'
import { prometheus } from './components/prometheus.ts'
import { redis } from './components/redis.ts'
import { shipper } from './components/shipper.ts'
import { status } from './components/status.ts'
import { worker } from './components/worker.ts'

const table: Readonly<Record<ComponentName, Component>> = {
  status,
  'edge-a': edgeA,
  'edge-b': edgeB,
  origins,
  api,
  worker,
  redis,
  shipper,
  loki,
  prometheus,
  alertmanager,
  grafana,
}

/** Every component of the running system; both runtimes start from this one table. */
export const components: readonly Component[] = Object.values(table)

export function componentOf(name: ComponentName): Component {
  return table[name]
}

/** Components that run as processes of this machine. */
export const nativeComponents = components.filter(({ start }) => start !== undefined)

import { join } from 'node:path'
import type { ComponentName, Place } from './component.ts'
import { componentOf } from './component-table.ts'
import type { Ports } from './ports.ts'

const MAIN_PORT = 'http'

/** Processes of this machine, on 127.0.0.1. */
export function nativePlace(directory: string, ports: Ports): Place {
  const portOf = (component: ComponentName, port = MAIN_PORT): number =>
    requirePort(ports.get(`${component}.${port}`), component, port)
  return {
    address: (component, port) => `127.0.0.1:${portOf(component, port)}`,
    bind: (component, port) => ({ host: '127.0.0.1', port: portOf(component, port) }),
    directory: (name) => join(directory, name),
  }
}

/** Containers of one network, as `compose/compose.yaml` lays them out. */
export const dockerPlace: Place = {
  address: (component, port) => `${component}:${containerPort(component, port)}`,
  bind: (component, port) => ({ host: '0.0.0.0', port: containerPort(component, port) }),
  directory: (name) => `/var/lib/cirrus/${name}`,
  containerLogs: '/var/lib/docker/containers',
}

function containerPort(component: ComponentName, port = MAIN_PORT): number {
  return requirePort(componentOf(component).ports[port]?.container, component, port)
}

function requirePort(found: number | undefined, component: ComponentName, port: string): number {
  if (found === undefined) throw new RangeError(`${component} has no port named ${port}`)
  return found
}

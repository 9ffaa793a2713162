import { join } from 'node:path'
import { loadConfig, setting } from '@cirrus/config'
import { type Static, Type } from 'typebox'
import { portSettings } from './ports.ts'

const schema = Type.Object({
  alertTimeScale: setting(Type.Number({ exclusiveMinimum: 0, maximum: 1, default: 0.2 }), {
    env: 'CIRRUS_LAB_ALERT_TIME_SCALE',
    description: 'multiplies every duration of the alert rules',
  }),
  requestsPerSecond: setting(Type.Number({ minimum: 0, maximum: 500, default: 30 }), {
    env: 'CIRRUS_LAB_REQUESTS_PER_SECOND',
    description: 'demo traffic, all sites together',
  }),
})

export type LabSettings = Readonly<Static<typeof schema>>

/**
 * Settings of the lab from environment variables.
 *
 * @throws {ConfigError} with every problem at once, wrong ports included
 */
export function loadLabSettings(
  source: Readonly<Record<string, string | undefined>>,
): LabSettings & { readonly ports: ReadonlyMap<string, number> } {
  const all = Type.Object({ ...schema.properties, ...portSettings })
  const { alertTimeScale, requestsPerSecond, ...ports } = loadConfig(all, source, 'CIRRUS_LAB_')
  return { alertTimeScale, requestsPerSecond, ports: new Map(Object.entries(ports)) }
}

/** Where a lab of this checkout keeps its data. */
export function labDirectory(root: string): string {
  return join(root, '.cirrus')
}

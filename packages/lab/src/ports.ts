import { setTimeout as delay } from 'node:timers/promises'
import { setting } from '@cirrus/config'
import { freePort, portOwner } from '@cirrus/servers'
import { Type } from 'typebox'
import { components } from './component-table.ts'
import type { Component } from './component.ts'
import { PortsTakenError, type TakenPort } from './errors.ts'

/** Port numbers by `component.port`. */
export type Ports = ReadonlyMap<string, number>

const RETRY_MS = 100

interface NamedPort {
  readonly key: string
  readonly title: string
  readonly env: string
  readonly default: number
}

/** The ports as settings, so that wrong ones are reported with all other wrong settings. */
export const portSettings = Object.fromEntries(
  namedPorts(components).map(({ key, title, env, default: value }) => [
    key,
    setting(Type.Integer({ minimum: 1, maximum: 65_535, default: value }), {
      env,
      description: `port of ${title}`,
    }),
  ]),
)

/** Ports that nobody uses, for labs beside the one of a person. */
export async function freePorts(): Promise<Ports> {
  const entries = namedPorts(components).map(async ({ key }) => [key, await freePort()] as const)
  return new Map(await Promise.all(entries))
}

/**
 * @param patienceMs how long to wait for ports to be let go of, after their processes were ended
 * @throws {PortsTakenError} with every port that somebody listens on
 */
export async function requireFreePorts(
  ports: Ports,
  wanted: readonly Component[],
  patienceMs: number,
): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const taken = await takenPorts(ports, wanted)
    if (taken.length === 0) return
    if (performance.now() >= deadline) throw new PortsTakenError(taken)
    await delay(RETRY_MS)
  }
}

async function takenPorts(
  ports: Ports,
  wanted: readonly Component[],
): Promise<readonly TakenPort[]> {
  const taken = await Promise.all(
    namedPorts(wanted).map(async ({ key, title, env }) => {
      const port = ports.get(key) ?? 0
      const owner = await portOwner(port)
      return owner && { port, title, env, owner }
    }),
  )
  return taken.filter((each) => each !== undefined)
}

function namedPorts(from: readonly Component[]): readonly NamedPort[] {
  return from.flatMap(({ name, ports }) =>
    Object.entries(ports).map(([port, definition]) => ({
      key: `${name}.${port}`,
      title: port === 'http' ? name : `${name} (${port})`,
      env: definition.env,
      default: definition.default,
    })),
  )
}

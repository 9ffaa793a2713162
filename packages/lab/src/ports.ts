import { setting } from '@cirrus/config'
import { freePort, portOwner } from '@cirrus/servers'
import { Type } from 'typebox'
import { components } from './component-table.ts'
import type { Component } from './component.ts'
import { PortsTakenError, type TakenPort } from './errors.ts'

/** Port numbers by `component.port`. */
export type Ports = ReadonlyMap<string, number>

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

/** @throws {PortsTakenError} with every port that somebody listens on */
export async function requireFreePorts(ports: Ports, wanted: readonly Component[]): Promise<void> {
  const taken = await Promise.all(
    namedPorts(wanted).map(async ({ key, title, env }): Promise<TakenPort | undefined> => {
      const port = ports.get(key) ?? 0
      const owner = await portOwner(port)
      return owner && { port, title, env, owner }
    }),
  )
  const conflicts = taken.filter((each) => each !== undefined)
  if (conflicts.length > 0) throw new PortsTakenError(conflicts)
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

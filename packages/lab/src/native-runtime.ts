import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { componentOf, nativeComponents } from './component-table.ts'
import {
  type Component,
  type ComponentName,
  type NativeContext,
  type Place,
  type Secrets,
  directoryNames,
} from './component.ts'
import { type LokiSource, prepareLoki } from './prepare-loki.ts'
import { createRunFiles, endLeftovers } from './leftovers.ts'
import { nativePlace } from './place.ts'
import { type Ports, requireFreePorts } from './ports.ts'
import { type LogOwner, rotateLogs } from './rotate-logs.ts'
import type { Runtime } from './runtime.ts'
import { type ComponentStatus, type Supervisor, createSupervisor } from './supervisor.ts'

export interface RuntimeOptions {
  /** Root of the checkout. */
  readonly root: string
  /** The lab's own folder. */
  readonly directory: string
  /** Environment that processes inherit. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly ports: Ports
  readonly onChange: (status: ComponentStatus) => void
  readonly nowMs: () => number
}

export interface NativeOptions extends RuntimeOptions {
  readonly loki?: LokiSource
}

const ROTATE_EVERY_MS = 10_000
const STOP_DEADLINE_MS = 8500
/** The threads of a killed process let go of its sockets one by one. */
const RELEASE_PATIENCE_MS = 5000

/** What stops last: the shipper carries the last lines, to Loki; everything else writes to Redis. */
const stopWaves: readonly ((name: ComponentName) => boolean)[] = [
  (name) => !['shipper', 'loki', 'redis'].includes(name),
  (name) => name === 'shipper',
  (name) => name === 'loki' || name === 'redis',
]

/**
 * Components as processes of this machine, after ending what a killed lab left behind.
 *
 * @throws {PortsTakenError} with every port that somebody else listens on
 */
export async function createNativeRuntime(options: NativeOptions): Promise<Runtime> {
  const { directory, ports } = options
  const ended = await endLeftovers(join(directory, 'run'))
  const patienceMs = ended.length > 0 ? RELEASE_PATIENCE_MS : 0
  await requireFreePorts(ports, [componentOf('status'), ...nativeComponents], patienceMs)
  const stopping = new AbortController()
  const place = nativePlace(directory, ports)
  let secrets: Secrets | undefined
  const supervisors = createSupervisors(options, (name) => {
    if (!secrets) throw new Error('Nothing starts before the secrets are known')
    return contextOf(options, { place, secrets, name })
  })
  const supervisorOf = (name: ComponentName): Supervisor => {
    const found = supervisors.get(name)
    if (!found) throw new RangeError(`${name} does not run natively`)
    return found
  }
  void keepRotating(logOwners(place, supervisorOf), stopping.signal)

  return {
    inside: place,
    outside: place,
    reachesRedis: true,
    statuses: () => [...supervisors.values()].map((supervisor) => supervisor.status()),
    async start(given) {
      secrets = given
      const source = options.loki ?? 'find-or-build'
      void prepareLoki(supervisorOf('loki'), { source, signal: stopping.signal })
      const others = nativeComponents.filter(({ name }) => name !== 'loki')
      await startInOrder(others, supervisorOf)
    },
    hold: (name) => supervisorOf(name).hold(),
    release: (name) => supervisorOf(name).release(),
    kill: (name) => supervisorOf(name).kill(),
    async stop() {
      stopping.abort()
      await stopInWaves([...supervisors.values()])
    },
    async forget() {
      const folders = directoryNames.map((name) => place.directory(name))
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
    },
  }
}

function createSupervisors(
  { directory, onChange, nowMs }: NativeOptions,
  contextFor: (name: ComponentName) => NativeContext,
): ReadonlyMap<ComponentName, Supervisor> {
  const runFiles = createRunFiles(join(directory, 'run'))
  const create = (component: Component): Supervisor =>
    createSupervisor({
      name: component.name,
      nowMs,
      start: () => startNative(component, contextFor(component.name)),
      onChange: (status) => {
        void runFiles.note(component.name, status.pid)
        onChange(status)
      },
    })
  return new Map(nativeComponents.map((component) => [component.name, create(component)]))
}

function logOwners(
  place: Place,
  supervisorOf: (name: ComponentName) => Supervisor,
): readonly LogOwner[] {
  return nativeComponents.map(({ name, logs }) => ({
    logs,
    directory: place.directory('logs'),
    running: () => supervisorOf(name).running(),
    restart: () => supervisorOf(name).restart(),
  }))
}

function startNative(
  component: Component,
  context: NativeContext,
): ReturnType<NonNullable<Component['start']>> {
  if (!component.start) throw new RangeError(`${component.name} does not run natively`)
  return component.start(context)
}

function contextOf(
  { root, directory, env }: NativeOptions,
  { place, secrets, name }: Pick<NativeContext, 'place' | 'secrets'> & { name: ComponentName },
): NativeContext {
  const port = (component: ComponentName, title?: string): number =>
    place.bind(component, title).port
  return { root, directory, env, place, secrets, port, logFile: logFileOf(directory, name) }
}

function logFileOf(directory: string, name: ComponentName): string {
  return join(directory, 'logs', `${name}.log`)
}

/** Each component starts as soon as those it depends on are up. */
async function startInOrder(
  components: readonly Component[],
  supervisorOf: (name: ComponentName) => Supervisor,
): Promise<void> {
  const started = new Map<ComponentName, Promise<void>>()
  const start = (component: Component): Promise<void> => {
    const known = started.get(component.name)
    if (known) return known
    const waiting = component.dependsOn.map((name) => start(componentOf(name)))
    const promise = Promise.all(waiting).then(() => supervisorOf(component.name).start())
    started.set(component.name, promise)
    return promise
  }
  await Promise.all(components.map(start))
}

/** Gently and in order, but never longer than people wait for Ctrl-C. */
async function stopInWaves(supervisors: readonly Supervisor[]): Promise<void> {
  const inWaves = async (): Promise<void> => {
    for (const isInWave of stopWaves) {
      const wave = supervisors.filter((supervisor) => isInWave(supervisor.status().name))
      await Promise.all(wave.map((supervisor) => supervisor.stop()))
    }
  }
  await Promise.race([inWaves(), delay(STOP_DEADLINE_MS, undefined, { ref: false })])
  await Promise.all(supervisors.map((supervisor) => supervisor.kill()))
}

async function keepRotating(owners: readonly LogOwner[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(ROTATE_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined)
    if (!signal.aborted) await rotateLogs(owners).catch(() => undefined)
  }
}

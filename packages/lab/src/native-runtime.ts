import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { componentOf, nativeComponents } from './component-table.ts'
import type { Component, ComponentName, NativeContext, Secrets } from './component.ts'
import { type LokiSource, prepareLoki } from './prepare-loki.ts'
import { createRunFiles, endLeftovers } from './leftovers.ts'
import { nativePlace } from './place.ts'
import { type Ports, requireFreePorts } from './ports.ts'
import { type LogOwner, rotateLogs } from './rotate-logs.ts'
import type { Runtime } from './runtime.ts'
import { type ComponentStatus, type Supervisor, createSupervisor } from './supervisor.ts'

export interface NativeOptions {
  /** Root of the checkout. */
  readonly root: string
  /** The lab's own folder. */
  readonly directory: string
  /** Environment that processes inherit. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly ports: Ports
  readonly onChange: (status: ComponentStatus) => void
  readonly nowMs: () => number
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
  const { directory, ports, onChange, nowMs } = options
  const runDirectory = join(directory, 'run')
  const ended = await endLeftovers(runDirectory)
  const patienceMs = ended.length > 0 ? RELEASE_PATIENCE_MS : 0
  await requireFreePorts(ports, [componentOf('status'), ...nativeComponents], patienceMs)
  const runFiles = createRunFiles(runDirectory)
  const stopping = new AbortController()
  const place = nativePlace(directory, ports)
  const supervisors = new Map<ComponentName, Supervisor>()
  let secrets: Secrets = { masterToken: '', redisPassword: '', pseudonymKey: '' }

  for (const component of nativeComponents) {
    const { name } = component
    const supervisor = createSupervisor({
      name,
      nowMs,
      start: () => startNative(component, contextOf(options, { place, secrets, name })),
      onChange: (status) => {
        void runFiles.note(name, status.pid)
        onChange(status)
      },
    })
    supervisors.set(name, supervisor)
  }

  const supervisorOf = (name: ComponentName): Supervisor => {
    const found = supervisors.get(name)
    if (!found) throw new RangeError(`${name} does not run natively`)
    return found
  }
  const owners: readonly LogOwner[] = nativeComponents.map((component) => ({
    logs: component.logs,
    directory: place.directory('logs'),
    running: () => supervisorOf(component.name).running(),
    restart: () => supervisorOf(component.name).restart(),
  }))
  void keepRotating(owners, stopping.signal)

  return {
    inside: place,
    outside: place,
    statuses: () => [...supervisors.values()].map((supervisor) => supervisor.status()),
    async start(given) {
      secrets = given
      void prepareLoki(supervisorOf('loki'), {
        source: options.loki ?? 'find-or-build',
        signal: stopping.signal,
      })
      await startInOrder(
        nativeComponents.filter(({ name }) => name !== 'loki'),
        supervisorOf,
      )
    },
    hold: (name) => supervisorOf(name).hold(),
    release: (name) => supervisorOf(name).release(),
    kill: (name) => supervisorOf(name).kill(),
    async stop() {
      stopping.abort()
      await stopInWaves([...supervisors.values()])
    },
  }
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

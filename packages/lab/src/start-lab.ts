import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type HeldLock, holdLock } from '@cirrus/servers'
import type { RuntimeName } from './choose-runtime.ts'
import type { ComponentName, Secrets } from './component.ts'
import { createDockerRuntime } from './docker-runtime.ts'
import { LabRunningError } from './errors.ts'
import { type Faults, createFaults } from './faults.ts'
import { type NativeOptions, createNativeRuntime } from './native-runtime.ts'
import type { Runtime } from './runtime.ts'
import { loadSecrets } from './secrets.ts'
import { seed } from './seed.ts'
import { createAlertInbox } from './status/alert-inbox.ts'
import { type StatusServer, startStatusServer } from './status/status-server.ts'
import type { ComponentStatus } from './supervisor.ts'
import { type Traffic, createTraffic } from './traffic/create-traffic.ts'
import { seededRandom } from './traffic/random.ts'
import { tenants } from './traffic/tenants.ts'
import { copyPrometheusFile, renderConfig, writeConfig } from './write-config.ts'

export interface LabOptions extends Omit<NativeOptions, 'onChange' | 'nowMs'> {
  /** Native by default. */
  readonly runtime?: RuntimeName
  /** Multiplies every duration of the alert rules. */
  readonly alertTimeScale: number
  /** Demo traffic, all sites together; 0 for none. */
  readonly requestsPerSecond: number
  /** Forgets what an earlier lab in this folder kept. */
  readonly isFresh?: boolean
  readonly onChange?: (status: ComponentStatus) => void
}

export interface Lab {
  /** The lab's own folder. */
  readonly directory: string
  readonly logsDirectory: string
  readonly masterToken: string
  readonly faults: Faults
  /** Resolves when everything is up that does not have to be built first, and traffic flows. */
  readonly ready: Promise<void>
  /** Where a port of a component answers. */
  url(component: ComponentName, port?: string): string
  statuses(): readonly ComponentStatus[]
  /** `kill -9`; the component comes back by itself. */
  kill(component: ComponentName): Promise<void>
  /** Ends the demo traffic, so that counts stand still. */
  stopTraffic(): void
  /** Stops all of it; resolves when no process is left. */
  stop(): Promise<void>
}

const edges = ['edge-a', 'edge-b'] as const
const TRAFFIC_SEED = 1
const SEED_RETRY_MS = 500
const SEED_TRIES = 20
const nowMs = (): number => Date.now()

/**
 * Starts the whole system in a folder of its own.
 *
 * @throws {LabRunningError} when a lab runs there already
 * @throws {PortsTakenError} with every port that somebody else listens on
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { directory } = options
  await mkdir(directory, { recursive: true })
  const lock = await holdLock(join(directory, 'lab.lock'))
  if (!lock.isHeld) throw new LabRunningError(lock.pid, directory)
  try {
    return await startUnderLock(options, lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function startUnderLock(options: LabOptions, lock: HeldLock): Promise<Lab> {
  const { directory, alertTimeScale, isFresh = false, onChange = () => undefined } = options
  const create = options.runtime === 'docker' ? createDockerRuntime : createNativeRuntime
  const runtime = await create({ ...options, nowMs, onChange })
  if (isFresh) await forget(runtime, directory)
  const secrets = await loadSecrets(directory)
  const url = (component: ComponentName, port?: string): string =>
    `http://${runtime.outside.address(component, port)}`
  const config = renderConfig({ place: runtime.inside, statusUrl: url('status'), alertTimeScale })
  await writeConfig(join(directory, 'config'), config)
  await copyPrometheusFile(options.root, join(directory, 'config'))
  const faults = createFaults(runtime)
  const status = await serveStatus(options, { runtime, faults })
  const stopping = new AbortController()
  let traffic: Traffic | undefined
  const ready = bringUp(runtime, secrets, stopping.signal).then(() => {
    if (!stopping.signal.aborted) traffic = startTraffic(runtime, options.requestsPerSecond)
  })
  // Who does not wait for it is told by `onChange`.
  ready.catch(() => undefined)
  return {
    directory,
    logsDirectory: join(directory, 'logs'),
    masterToken: secrets.masterToken,
    faults,
    ready,
    url,
    statuses: () => runtime.statuses(),
    kill: (component) => runtime.kill(component),
    stopTraffic: () => traffic?.stop(),
    async stop() {
      stopping.abort()
      traffic?.stop()
      await runtime.stop()
      await status.close()
      await lock.release()
    },
  }
}

async function forget(runtime: Runtime, directory: string): Promise<void> {
  await runtime.forget()
  for (const name of ['config', 'secrets', 'warehouse']) {
    await rm(join(directory, name), { recursive: true, force: true })
  }
}

function serveStatus(
  { root, directory, alertTimeScale }: LabOptions,
  { runtime, faults }: { runtime: Runtime; faults: Faults },
): Promise<StatusServer> {
  const statuses = (): readonly ComponentStatus[] => runtime.statuses()
  const place = runtime.outside
  return startStatusServer({
    ...place.bind('status'),
    root,
    inbox: createAlertInbox(nowMs),
    sources: { place, directory, statuses, faults, alertTimeScale, nowMs },
  })
}

async function bringUp(runtime: Runtime, secrets: Secrets, signal: AbortSignal): Promise<void> {
  await runtime.start(secrets)
  for (let tries = 1; !signal.aborted; tries += 1) {
    try {
      return await seed(runtime, secrets)
    } catch (error) {
      // The API may need a moment to find Redis.
      if (tries === SEED_TRIES) throw error
      await delay(SEED_RETRY_MS)
    }
  }
}

function startTraffic(runtime: Runtime, requestsPerSecond: number): Traffic {
  const portOf = (edge: ComponentName, port: string): number =>
    runtime.outside.bind(edge, port).port
  return createTraffic({
    edges: edges.map((edge) => ({ httpPort: portOf(edge, 'http'), tlsPort: portOf(edge, 'tls') })),
    tenants,
    requestsPerSecond,
    random: seededRandom(TRAFFIC_SEED),
    nowMs,
  })
}

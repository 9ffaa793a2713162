import { join } from 'node:path'
import { runCommand } from '@cirrus/servers'
import { componentOf, components } from './component-table.ts'
import type { ComponentName, Secrets } from './component.ts'
import { RuntimeError } from './errors.ts'
import type { RuntimeOptions } from './native-runtime.ts'
import { dockerPlace, nativePlace } from './place.ts'
import { requireFreePorts } from './ports.ts'
import type { Runtime } from './runtime.ts'
import type { ComponentState, ComponentStatus } from './supervisor.ts'

/** `docker` by default; tests see what it would be told. */
type Run = typeof runCommand

const BUILD_TIMEOUT_MS = 30 * 60_000
const STOP_SECONDS = '8'

/** Components as containers of `compose/compose.yaml`; Docker itself starts again what crashes. */
export async function createDockerRuntime(
  options: RuntimeOptions,
  run: Run = runCommand,
): Promise<Runtime> {
  const { root, directory, ports } = options
  await requireFreePorts(ports, [componentOf('status')], 0)
  const inDocker = components.filter(({ docker }) => docker !== undefined)
  const statuses = new Map(inDocker.map(({ name }) => [name, initialStatus(name, options)]))
  let env = options.env

  function change(name: ComponentName, state: ComponentState, detail = ''): void {
    const status = { ...initialStatus(name, options), state, detail }
    statuses.set(name, status)
    options.onChange(status)
  }

  async function compose(...args: readonly string[]): Promise<void> {
    const file = join(root, 'compose/compose.yaml')
    const all = ['compose', '--file', file, ...args]
    const { code, stderr } = await run('docker', all, { env, timeoutMs: BUILD_TIMEOUT_MS })
    if (code === 0) return
    throw new RuntimeError(`docker ${all.join(' ')} ended with ${code}\n${stderr.trim()}`)
  }

  return {
    inside: dockerPlace,
    outside: nativePlace(directory, ports),
    reachesRedis: false,
    statuses: () => [...statuses.values()],
    async start(secrets) {
      env = { ...options.env, ...portVariables(options), ...secretVariables(secrets) }
      for (const { name } of inDocker) change(name, 'starting', 'pulled or built first')
      await compose('up', '--build', '--detach', '--wait')
      for (const { name } of inDocker) change(name, 'up')
    },
    async hold(name) {
      await compose('stop', name)
      change(name, 'held')
    },
    async release(name) {
      await compose('start', name)
      change(name, 'up')
    },
    async kill(name) {
      await compose('kill', name)
      // Docker takes a kill by hand for a wish, and starts nothing again.
      await compose('start', name)
    },
    async stop() {
      await compose('down', '--timeout', STOP_SECONDS)
      for (const { name } of inDocker) change(name, 'stopped')
    },
    forget: () => compose('down', '--volumes'),
  }
}

function initialStatus(name: ComponentName, { nowMs }: RuntimeOptions): ComponentStatus {
  return { name, state: 'waiting', detail: '', sinceMs: nowMs(), pid: undefined, restarts: 0 }
}

function portVariables({ ports }: RuntimeOptions): Readonly<Record<string, string>> {
  const entries = components.flatMap(({ name, ports: definitions }) =>
    Object.entries(definitions).map(
      ([port, { env, default: value }]) =>
        [env, String(ports.get(`${name}.${port}`) ?? value)] as const,
    ),
  )
  return Object.fromEntries(entries)
}

function secretVariables(secrets: Secrets): Readonly<Record<string, string>> {
  return {
    CIRRUS_REDIS_PASSWORD: secrets.redisPassword,
    CIRRUS_API_MASTER_TOKEN: secrets.masterToken,
    CIRRUS_PSEUDONYM_KEY: secrets.pseudonymKey,
  }
}

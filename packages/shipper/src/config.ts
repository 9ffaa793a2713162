import { environments, logSources } from '@cirrus/catalog'
import { ConfigError, loadConfig, setting } from '@cirrus/config'
import { logSettings } from '@cirrus/logging'
import { type Static, Type } from 'typebox'
import type { FilePattern } from './shipper.ts'

const PREFIX = 'CIRRUS_SHIPPER_'
const MIN_SPOOL_BYTES = 32 * 1024 * 1024
const source = `(${logSources.join('|')})`
// The folder is plain; the name may hold wildcards.
const file = `${source}:/([^,*?]*/)?[^,/]+`

const schema = Type.Object({
  files: Type.Optional(
    setting(Type.String({ pattern: `^${file}(,${file})*$` }), {
      env: 'CIRRUS_SHIPPER_FILES',
      description: 'files to tail, as service:/folder/name-*.log,…',
    }),
  ),
  stdin: Type.Optional(
    setting(Type.Enum([...logSources]), {
      env: 'CIRRUS_SHIPPER_STDIN',
      description: 'service whose lines come on standard input',
    }),
  ),
  dockerDirectory: Type.Optional(
    setting(Type.String({ pattern: '^/' }), {
      env: 'CIRRUS_SHIPPER_DOCKER_DIR',
      description: "folder of Docker's containers, usually /var/lib/docker/containers",
    }),
  ),
  targetUrl: setting(Type.String({ pattern: '^https?://' }), {
    env: 'CIRRUS_SHIPPER_LOKI_URL',
    description: 'Loki to deliver to',
  }),
  targetTenant: Type.Optional(
    setting(Type.String({ maxLength: 150 }), {
      env: 'CIRRUS_SHIPPER_TENANT',
      description: 'tenant of that Loki',
    }),
  ),
  spoolDirectory: setting(Type.String(), {
    env: 'CIRRUS_SHIPPER_SPOOL_DIR',
    description: 'folder that lines wait in',
  }),
  spoolMaxBytes: setting(Type.Integer({ minimum: MIN_SPOOL_BYTES, default: 256 * 1024 * 1024 }), {
    env: 'CIRRUS_SHIPPER_SPOOL_MAX_BYTES',
    description: 'size of the spool at which inputs wait',
  }),
  host: setting(Type.String({ default: '127.0.0.1' }), {
    env: 'CIRRUS_SHIPPER_HOST',
    description: 'address that /metrics, /healthz and /status listen on',
  }),
  port: setting(Type.Integer({ minimum: 1, maximum: 65_535, default: 9180 }), {
    env: 'CIRRUS_SHIPPER_PORT',
    description: 'port of /metrics, /healthz and /status',
  }),
  env: setting(Type.Enum([...environments], { default: 'development' }), {
    env: 'CIRRUS_SHIPPER_ENV',
    description: 'environment of this shipper, and of lines that are not JSON',
  }),
  ...logSettings,
})

type Settings = Readonly<Static<typeof schema>>

/** Settings of one shipper process. */
export interface ShipperConfig extends Omit<Settings, 'files'> {
  readonly files: readonly FilePattern[]
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings of a shipper from environment variables.
 *
 * @throws {ConfigError} with every problem at once
 */
export function loadShipperConfig(env: Environment): ShipperConfig {
  const hasInput = ['FILES', 'STDIN', 'DOCKER_DIR'].some((name) => env[PREFIX + name])
  const noInput = {
    setting: 'CIRRUS_SHIPPER_FILES',
    current: undefined,
    wanted:
      'be set, or CIRRUS_SHIPPER_STDIN or CIRRUS_SHIPPER_DOCKER_DIR: there is nothing to read',
  }
  const settings = loadSettings(env, hasInput ? [] : [noInput])
  return { ...settings, files: parseFiles(settings.files) }
}

function loadSettings(env: Environment, problems: ConfigError['problems']): Settings {
  try {
    const settings = loadConfig(schema, env, PREFIX)
    if (problems.length === 0) return settings
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new ConfigError([...error.problems, ...problems])
  }
  throw new ConfigError(problems)
}

function parseFiles(text: string | undefined): readonly FilePattern[] {
  const patterns = text?.split(',') ?? []
  return patterns.flatMap((pattern) => {
    const [name, ...path] = pattern.split(':')
    const service = logSources.find((candidate) => candidate === name)
    return service === undefined ? [] : [{ service, path: path.join(':') }]
  })
}

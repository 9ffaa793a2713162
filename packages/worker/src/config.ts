import { environments } from '@cirrus/catalog'
import { loadConfig, setting } from '@cirrus/config'
import { logSettings } from '@cirrus/logging'
import { type Static, type TInteger, Type } from 'typebox'

const MAX_INTERVAL_SECS = 86_400

const schema = Type.Object({
  redisUrl: setting(Type.String({ pattern: '^rediss?://', default: 'redis://127.0.0.1:6379' }), {
    env: 'CIRRUS_WORKER_REDIS_URL',
    secret: true,
    description: 'Redis, as redis://user:password@host:port',
  }),
  host: setting(Type.String({ default: '127.0.0.1' }), {
    env: 'CIRRUS_WORKER_HOST',
    description: 'address that /metrics and /healthz listen on',
  }),
  port: setting(Type.Integer({ minimum: 1, maximum: 65_535, default: 9150 }), {
    env: 'CIRRUS_WORKER_PORT',
    description: 'port of /metrics and /healthz',
  }),
  env: setting(Type.Enum([...environments], { default: 'development' }), {
    env: 'CIRRUS_WORKER_ENV',
    description: 'environment this worker belongs to',
  }),
  nodeHealthIntervalSecs: setting(intervalSecs(5), {
    env: 'CIRRUS_WORKER_NODE_HEALTH_INTERVAL_SECS',
    description: 'pause between two checks of a node',
  }),
  nodeHealthFailsToDown: setting(checks(3), {
    env: 'CIRRUS_WORKER_NODE_HEALTH_FAILS_TO_DOWN',
    description: 'failed checks in a row after which a node is down',
  }),
  nodeHealthSuccsToUp: setting(checks(2), {
    env: 'CIRRUS_WORKER_NODE_HEALTH_SUCCS_TO_UP',
    description: 'successful checks in a row after which a node is up',
  }),
  certificateIntervalSecs: setting(intervalSecs(30), {
    env: 'CIRRUS_WORKER_CERTIFICATE_INTERVAL_SECS',
    description: 'pause between two looks at the stored certificates',
  }),
  ...logSettings,
})

/** Settings of one worker process. */
export type WorkerConfig = Readonly<Static<typeof schema>>

/**
 * Reads the settings of a worker from environment variables.
 *
 * @throws {ConfigError} with every problem at once
 */
export function loadWorkerConfig(
  source: Readonly<Record<string, string | undefined>>,
): WorkerConfig {
  return loadConfig(schema, source, 'CIRRUS_WORKER_')
}

function intervalSecs(fallback: number): TInteger {
  return Type.Integer({ minimum: 1, maximum: MAX_INTERVAL_SECS, default: fallback })
}

function checks(fallback: number): TInteger {
  return Type.Integer({ minimum: 1, maximum: 100, default: fallback })
}

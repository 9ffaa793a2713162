import { environments } from '@cirrus/catalog'
import { loadConfig, setting } from '@cirrus/config'
import { logSettings } from '@cirrus/logging'
import { type Static, Type } from 'typebox'

const schema = Type.Object({
  host: setting(Type.String({ default: '127.0.0.1' }), {
    env: 'CIRRUS_API_HOST',
    description: 'address to listen on',
  }),
  port: setting(Type.Integer({ minimum: 1, maximum: 65_535, default: 8080 }), {
    env: 'CIRRUS_API_PORT',
    description: 'port to listen on',
  }),
  redisUrl: setting(Type.String({ pattern: '^rediss?://', default: 'redis://127.0.0.1:6379' }), {
    env: 'CIRRUS_API_REDIS_URL',
    secret: true,
    description: 'Redis, as redis://user:password@host:port',
  }),
  masterToken: setting(Type.String({ minLength: 16, pattern: '^[\\x21-\\x7e]*$' }), {
    env: 'CIRRUS_API_MASTER_TOKEN',
    secret: true,
    description: 'bearer token that may do everything',
  }),
  env: setting(Type.Enum([...environments], { default: 'development' }), {
    env: 'CIRRUS_API_ENV',
    description: 'environment this API belongs to',
  }),
  ...logSettings,
})

/** Settings of the API process. */
export type ApiConfig = Readonly<Static<typeof schema>>

/**
 * Reads the settings of the API from environment variables.
 *
 * @throws {ConfigError} with every problem at once
 */
export function loadApiConfig(source: Readonly<Record<string, string | undefined>>): ApiConfig {
  return loadConfig(schema, source, 'CIRRUS_API_')
}

import { loadConfig, setting } from '@cirrus/config'
import { type Static, Type } from 'typebox'

const port = Type.Integer({ minimum: 1, maximum: 65_535 })

const schema = Type.Object({
  host: setting(Type.String({ default: '127.0.0.1' }), {
    env: 'CIRRUS_ORIGINS_HOST',
    description: 'address to listen on',
  }),
  controlPort: setting(port, {
    env: 'CIRRUS_ORIGINS_CONTROL_PORT',
    description: 'port of /healthz and /faults',
  }),
  newsPort: setting(port, {
    env: 'CIRRUS_ORIGINS_NEWS_PORT',
    description: 'port of the news site',
  }),
  shopPort: setting(port, { env: 'CIRRUS_ORIGINS_SHOP_PORT', description: 'port of the shop' }),
  videoPort: setting(port, { env: 'CIRRUS_ORIGINS_VIDEO_PORT', description: 'port of the videos' }),
})

export type OriginsConfig = Readonly<Static<typeof schema>>

/** @throws {ConfigError} with every problem at once */
export function loadOriginsConfig(
  source: Readonly<Record<string, string | undefined>>,
): OriginsConfig {
  return loadConfig(schema, source, 'CIRRUS_ORIGINS_')
}

import { ConfigError } from '@cirrus/config'
import { describe, expect, it } from 'vitest'
import { loadApiConfig } from './index.ts'

const token = { CIRRUS_API_MASTER_TOKEN: 'long enough a token'.replaceAll(' ', '-') }

describe('loadApiConfig', () => {
  it('needs a master token and nothing else', () => {
    expect(loadApiConfig(token)).toEqual({
      host: '127.0.0.1',
      port: 8080,
      redisUrl: 'redis://127.0.0.1:6379',
      masterToken: 'long-enough-a-token',
      env: 'development',
      logLevel: 'info',
    })
  })

  it.each([
    ['a short token', { CIRRUS_API_MASTER_TOKEN: 'short' }, 'CIRRUS_API_MASTER_TOKEN'],
    ['a token with white space', { CIRRUS_API_MASTER_TOKEN: 'x y'.repeat(9) }, '_MASTER_TOKEN'],
    ['a port out of range', { ...token, CIRRUS_API_PORT: '0' }, 'CIRRUS_API_PORT'],
    ['another database', { ...token, CIRRUS_API_REDIS_URL: 'http://a' }, 'CIRRUS_API_REDIS_URL'],
    ['an unknown setting', { ...token, CIRRUS_API_TOKEN: 'x' }, 'CIRRUS_API_TOKEN'],
  ])('rejects %s', (_, source, setting) => {
    expect(() => loadApiConfig(source)).toThrow(ConfigError)
    expect(() => loadApiConfig(source)).toThrow(setting)
  })
})

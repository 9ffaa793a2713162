import { ConfigError } from '@cirrus/config'
import { describe, expect, it } from 'vitest'
import { loadWorkerConfig } from './config.ts'

describe('loadWorkerConfig', () => {
  it('needs no variable', () => {
    expect(loadWorkerConfig({})).toEqual({
      redisUrl: 'redis://127.0.0.1:6379',
      host: '127.0.0.1',
      port: 9150,
      env: 'development',
      nodeHealthIntervalSecs: 5,
      nodeHealthFailsToDown: 3,
      nodeHealthSuccsToUp: 2,
      certificateIntervalSecs: 30,
      logLevel: 'info',
    })
  })

  it('lists every wrong and every unknown variable, without the password', () => {
    const source = {
      CIRRUS_WORKER_REDIS_URL: 'http://user:secret@redis',
      CIRRUS_WORKER_NODE_HEALTH_INTERVAL_SECS: '0',
      CIRRUS_WORKER_NODE_HEALTH_FAILS: '3',
    }
    const error = (() => {
      try {
        return loadWorkerConfig(source)
      } catch (caught) {
        return caught
      }
    })()
    expect(error).toBeInstanceOf(ConfigError)
    expect(String(error)).not.toContain('secret')
    for (const name of Object.keys(source)) expect(String(error)).toContain(name)
  })
})

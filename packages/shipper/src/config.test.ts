import { ConfigError } from '@cirrus/config'
import { describe, expect, it } from 'vitest'
import { loadShipperConfig } from './config.ts'

const enough = {
  CIRRUS_SHIPPER_FILES: 'edge:/var/log/edge-*.log,api:/var/log/api.log',
  CIRRUS_SHIPPER_LOKI_URL: 'http://127.0.0.1:3100',
  CIRRUS_SHIPPER_SPOOL_DIR: '/var/lib/cirrus/spool',
}

function wrongSettings(env: Record<string, string>): readonly string[] {
  try {
    loadShipperConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => problem.setting)
    throw error
  }
}

describe('loadShipperConfig', () => {
  it('reads patterns by service and fills in the rest', () => {
    expect(loadShipperConfig(enough)).toMatchObject({
      files: [
        { service: 'edge', path: '/var/log/edge-*.log' },
        { service: 'api', path: '/var/log/api.log' },
      ],
      port: 9180,
      host: '127.0.0.1',
      spoolMaxBytes: 268_435_456,
      env: 'development',
      logLevel: 'info',
    })
  })

  it('reports every problem at once', () => {
    expect(wrongSettings({ CIRRUS_SHIPPER_PORT: 'x', CIRRUS_SHIPPER_SPOOL_MAX: '1' })).toEqual([
      'CIRRUS_SHIPPER_SPOOL_MAX',
      'CIRRUS_SHIPPER_LOKI_URL',
      'CIRRUS_SHIPPER_SPOOL_DIR',
      'CIRRUS_SHIPPER_PORT',
      'CIRRUS_SHIPPER_FILES',
    ])
  })

  it.each(['edge', 'edge:relative.log', 'nobody:/a.log', 'edge:/*/a.log', 'edge:/a,', ':/a'])(
    'refuses %j as files',
    (files) => {
      expect(wrongSettings({ ...enough, CIRRUS_SHIPPER_FILES: files })).toEqual([
        'CIRRUS_SHIPPER_FILES',
      ])
    },
  )
})

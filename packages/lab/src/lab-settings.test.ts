import { ConfigError } from '@cirrus/config'
import { describe, expect, it } from 'vitest'
import { components } from './component-table.ts'
import { loadLabSettings } from './lab-settings.ts'

describe('loadLabSettings', () => {
  it('gives every component its ports, each once', () => {
    const { ports } = loadLabSettings({})
    const wanted = components.flatMap(({ name, ports: own }) =>
      Object.keys(own).map((port) => `${name}.${port}`),
    )
    expect([...ports.keys()].toSorted()).toEqual(wanted.toSorted())
    expect(new Set(ports.values()).size).toBe(wanted.length)
  })

  it('takes ports from variables', () => {
    const { ports } = loadLabSettings({ CIRRUS_LAB_STATUS_PORT: '80', CIRRUS_API_PORT: '1' })
    expect(ports.get('status.http')).toBe(80)
  })

  it('names every wrong and every unknown variable at once', () => {
    const wrong = {
      CIRRUS_LAB_API_PORT: 'http',
      CIRRUS_LAB_ALERT_TIME_SCALE: '2',
      CIRRUS_LAB_PROT: '1',
    }
    let problems: ConfigError['problems'] = []
    try {
      loadLabSettings(wrong)
    } catch (error) {
      if (error instanceof ConfigError) problems = error.problems
    }
    expect(problems.map(({ setting }) => setting).toSorted()).toEqual(Object.keys(wrong).toSorted())
  })
})

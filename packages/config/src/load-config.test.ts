import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { ConfigError, loadConfig, setting } from './index.ts'

const schema = Type.Object({
  port: setting(Type.Integer({ minimum: 1, maximum: 65535, default: 8080 }), {
    env: 'CIRRUS_T_PORT',
    description: 'listen port',
  }),
  token: setting(Type.String({ minLength: 8 }), {
    env: 'CIRRUS_T_TOKEN',
    secret: true,
    description: 'master token',
  }),
  mode: setting(Type.Enum(['fast', 'safe'], { default: 'safe' }), {
    env: 'CIRRUS_T_MODE',
    description: 'mode',
  }),
})

function problemsOf(source: Record<string, string>): ConfigError['problems'] {
  try {
    loadConfig(schema, source, 'CIRRUS_T_')
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('loadConfig', () => {
  it('fills defaults, turns text into numbers and freezes', () => {
    const config = loadConfig(schema, { CIRRUS_T_TOKEN: 'long enough', CIRRUS_T_PORT: '81' })
    expect(config).toEqual({ port: 81, token: 'long enough', mode: 'safe' })
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('reports every problem at once and masks secrets', () => {
    expect(
      problemsOf({ CIRRUS_T_PORT: '70000', CIRRUS_T_TOKEN: 'short', CIRRUS_T_MODE: 'x' }),
    ).toEqual([
      { setting: 'CIRRUS_T_PORT', current: '70000', wanted: 'be <= 65535' },
      { setting: 'CIRRUS_T_TOKEN', current: '***', wanted: 'NOT have fewer than 8 characters' },
      { setting: 'CIRRUS_T_MODE', current: 'x', wanted: 'be one of fast, safe' },
    ])
  })

  it('names a missing variable', () => {
    expect(problemsOf({})).toEqual([
      { setting: 'CIRRUS_T_TOKEN', current: undefined, wanted: 'be set (master token)' },
    ])
  })

  it('treats an empty variable as not set', () => {
    expect(problemsOf({ CIRRUS_T_TOKEN: '' })).toHaveLength(1)
  })

  it('rejects an unknown variable of its prefix', () => {
    const [problem] = problemsOf({ CIRRUS_T_TOKEN: 'long enough', CIRRUS_T_PROT: '1' })
    expect(problem?.setting).toBe('CIRRUS_T_PROT')
  })
})

import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { loadYaml } from './load-yaml.ts'

const schema = Type.Object(
  { links: Type.Object({ grafana: Type.String(), retries: Type.Integer({ default: 3 }) }) },
  { additionalProperties: false },
)

describe('loadYaml', () => {
  it('returns the document with defaults', () => {
    expect(loadYaml(schema, 'links: { grafana: x }', 'a.yaml')).toEqual({
      links: { grafana: 'x', retries: 3 },
    })
  })

  it('names file and path of every problem', () => {
    expect(() => loadYaml(schema, 'links: { grafana: 1, retries: no }\nodd: 1', 'a.yaml')).toThrow(
      /a\.yaml\/links\/grafana is "1"; it must be of type string[\s\S]*a\.yaml\/links\/retries|odd/,
    )
  })

  it('names the line of a syntax error', () => {
    expect(() => loadYaml(schema, 'links: [', 'a.yaml')).toThrow(/a\.yaml:1/)
  })
})

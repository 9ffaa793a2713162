import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isHost, normaliseDomainName } from '@cirrus/store'
import { type TestApi, startApi } from './api-fixture.ts'

interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly object[]
  readonly responses: Readonly<Record<string, { readonly content?: Record<string, unknown> }>>
}

interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, { examples?: unknown[] }>> }
}

let api: TestApi
let document: Document
let operations: readonly (readonly [string, Operation])[]

beforeAll(async () => {
  api = await startApi()
  document = JSON.parse((await api.call('GET', '/api/v1/openapi.json')).text)
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
    ),
  )
})
afterAll(() => api.close())

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(document.openapi).toBe('3.1.0')
  })

  it('has every operation of the issue', () => {
    expect(operations.map(([name]) => name).toSorted()).toEqual([
      'DELETE /api/v1/domains/{name}',
      'DELETE /api/v1/nodes/{id}',
      'GET /api/v1/domains',
      'GET /api/v1/domains/{name}',
      'GET /api/v1/domains/{name}/certificate',
      'GET /api/v1/events',
      'GET /api/v1/nodes',
      'GET /api/v1/nodes/{id}',
      'GET /api/v1/openapi.json',
      'GET /healthz',
      'GET /metrics',
      'GET /readyz',
      'POST /api/v1/domains',
      'POST /api/v1/nodes',
      'POST /api/v1/purge',
      'PUT /api/v1/domains/{name}',
      'PUT /api/v1/nodes/{id}',
    ])
  })

  it('describes each operation, and the problems it answers with', () => {
    const ids = operations.map(([, { operationId }]) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [name, { summary, tags, responses, security }] of operations) {
      expect([name, summary, tags?.length]).toEqual([name, expect.any(String), 1])
      const needsToken = name.includes('/api/v1/') && !name.includes('openapi.json')
      expect([name, security]).toEqual([name, needsToken ? undefined : []])
      expect([name, '401' in responses]).toEqual([name, needsToken])
      for (const [status, { content }] of Object.entries(responses)) {
        if (status < '400') continue
        expect([name, status, Object.keys(content ?? {})]).toEqual([
          name,
          status,
          ['application/problem+json'],
        ])
      }
    }
  })

  it('has examples that fit their schemas', () => {
    const ajv = new Ajv({ strict: false })
    ajv.addFormat('domain-name', (text: string) => normaliseDomainName(text) !== undefined)
    ajv.addFormat('host', isHost)
    ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT/)
    ajv.addFormat('uri-reference', /./)
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect([name, schema.examples?.length ?? 0]).not.toEqual([name, 0])
      for (const example of schema.examples ?? []) {
        expect([name, ajv.validate(schema, example), ajv.errors]).toEqual([name, true, null])
      }
    }
  })
})

describe('Swagger UI', () => {
  it('is served whole, from here alone', async () => {
    const page = await api.call('GET', '/api/v1/docs/')
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)
    expect(assets.length).toBeGreaterThan(4)
    for (const asset of assets) {
      expect(asset).toMatch(/^\.\/static\//)
      const answer = await api.call('GET', asset.replace('./', '/api/v1/docs/'))
      expect([asset, answer.status]).toEqual([asset, 200])
    }
  })
})

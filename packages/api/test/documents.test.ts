import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type TestApi, news, settings, startApi } from './api-fixture.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

function putIf(ttl: number, headers: Record<string, string>): Promise<Answer> {
  const body = { ...settings, cache: { ttl } }
  return api.call('PUT', '/api/v1/domains/if.test', { body, headers })
}

describe('POST /domains', () => {
  it('adds a domain, fills defaults, tells where it is', async () => {
    const answer = await api.call('POST', '/api/v1/domains', {
      body: { ...news, name: 'Post.Test.' },
    })
    expect(answer.status).toBe(201)
    expect(answer.headers).toMatchObject({
      location: '/api/v1/domains/post.test',
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
    })
    expect(answer.body).toEqual({
      name: 'post.test',
      ...settings,
      origins: [{ ...settings.origins[0], weight: 1 }],
      cache: { enable: true, ttl: 60 },
      upstream_headers: {},
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
    })
    expect((await api.call('GET', '/api/v1/domains/post.test')).body).toEqual(answer.body)
  })

  it('refuses one that exists', async () => {
    const body = { ...news, name: 'twice.test' }
    await api.call('POST', '/api/v1/domains', { body })
    const answer = await api.call('POST', '/api/v1/domains', { body })
    expect(answer.status).toBe(409)
    expect(answer.body).toMatchObject({ code: 'CIRRUS_ALREADY_EXISTS' })
  })
})

describe('PUT /domains/{name}', () => {
  it('adds, replaces, and leaves alone what is the same', async () => {
    const url = '/api/v1/domains/put.test'
    const added = await api.call('PUT', url, { body: settings })
    const changed = await api.call('PUT', url, { body: { ...settings, cache: { ttl: 5 } } })
    const body = { name: 'PUT.test', ...settings, cache: { ttl: 5 } }
    const same = await api.call('PUT', url, { body })
    expect([added, changed, same].map(({ status }) => status)).toEqual([201, 200, 200])
    expect(same.body).toEqual(changed.body)
    expect(same.headers['etag']).toBe(changed.headers['etag'])
    expect(changed.headers['etag']).not.toBe(added.headers['etag'])
    const events = await api.store.events.read(undefined, 1000)
    expect(
      events.filter(({ resource }) => resource === 'domain/put.test').map(({ type }) => type),
    ).toEqual(['domain.created', 'domain.updated'])
    expect([added, changed, same].map(api.lineOf)).toMatchObject([
      { branch: 'done', action: 'create', resource: 'domain/put.test', domain: 'put.test' },
      { branch: 'done', action: 'update' },
      { branch: 'skipped', reason: 'no change' },
    ])
  })

  it('refuses a name that is not the one of the path', async () => {
    const body = { ...settings, name: 'other.test' }
    const answer = await api.call('PUT', '/api/v1/domains/put.test', { body })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/name' }] })
  })

  it('writes under conditions only', async () => {
    expect((await putIf(1, { 'if-match': '*' })).status).toBe(412)
    const { headers } = await putIf(1, { 'if-none-match': '*' })
    const etag = String(headers['etag'])
    expect((await putIf(2, { 'if-none-match': '*' })).status).toBe(412)
    expect((await putIf(2, { 'if-match': '"other"' })).status).toBe(412)
    expect((await putIf(2, { 'if-match': `W/${etag}` })).status).toBe(412)
    expect((await putIf(2, { 'if-none-match': etag })).status).toBe(400)
    expect((await putIf(2, { 'if-match': `"other", ${etag}` })).status).toBe(200)
    expect(await putIf(3, { 'if-match': etag })).toMatchObject({
      status: 412,
      body: { code: 'CIRRUS_PRECONDITION_FAILED' },
    })
  })
})

describe('GET /domains/{name}', () => {
  it('answers 304 to those who have it', async () => {
    await api.call('PUT', '/api/v1/domains/read.test', { body: settings })
    const { headers } = await api.call('GET', '/api/v1/domains/read.test')
    const etag = String(headers['etag'])
    for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await api.call('GET', '/api/v1/domains/read.test', {
        headers: { 'if-none-match': header },
      })
      expect([header, answer.status, answer.text]).toEqual([header, 304, ''])
      expect(answer.headers['etag']).toBe(etag)
    }
    const other = await api.call('GET', '/api/v1/domains/read.test', {
      headers: { 'if-none-match': '"x"' },
    })
    expect(other.status).toBe(200)
  })

  it('finds a domain however its name is written', async () => {
    await api.call('PUT', '/api/v1/domains/xn--bcher-kva.test', { body: settings })
    for (const name of ['BÜCHER.test', 'bücher.test.', 'xn--bcher-kva.test']) {
      const answer = await api.call('GET', `/api/v1/domains/${encodeURIComponent(name)}`)
      expect([name, answer.status]).toEqual([name, 200])
    }
  })

  it('answers 404 where there is none', async () => {
    expect(await api.call('GET', '/api/v1/domains/none.test')).toMatchObject({
      status: 404,
      body: { code: 'CIRRUS_NOT_FOUND' },
    })
  })
})

describe('DELETE /domains/{name}', () => {
  it('removes once', async () => {
    await api.call('PUT', '/api/v1/domains/gone.test', { body: settings })
    const call = (headers = {}) => api.call('DELETE', '/api/v1/domains/gone.test', { headers })
    expect((await call({ 'if-match': '"other"' })).status).toBe(412)
    const removed = await call({ 'content-type': 'application/json' })
    expect([removed.status, removed.text]).toEqual([204, ''])
    expect((await call()).status).toBe(404)
  })
})

describe('GET /nodes', () => {
  it('lists page by page', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => `edge-${letter}`)
    for (const id of ids.toReversed()) {
      await api.call('POST', '/api/v1/nodes', { body: { id, address: '192.0.2.1' } })
    }
    const seen: unknown[] = []
    let url = '/api/v1/nodes?limit=2'
    for (let page = 0; page < 3; page += 1) {
      const { items, next_cursor: cursor } = JSON.parse((await api.call('GET', url)).text)
      seen.push(...items.map(({ id }: { id: string }) => id))
      url = `/api/v1/nodes?limit=2&cursor=${cursor}`
    }
    expect(seen).toEqual(ids)
    expect(url).toMatch(/cursor=undefined$/)
  })

  it.each(['limit=0', 'limit=1001', 'limit=x', 'cursor=*', 'cursor=YQ==', 'colour=red'])(
    'refuses ?%s',
    async (query) => {
      const answer = await api.call('GET', `/api/v1/nodes?${query}`)
      expect(answer).toMatchObject({ status: 400, body: { code: 'CIRRUS_REQUEST_INVALID' } })
      expect(answer.body).toMatchObject({ errors: [{ pointer: `/${query.split('=')[0]}` }] })
    },
  )
})

describe('POST /purge', () => {
  it('is accepted, and told to edges', async () => {
    await api.call('PUT', '/api/v1/domains/purge.test', { body: settings })
    const body = { domain: 'Purge.test', path: '/a?b=c' }
    const answer = await api.call('POST', '/api/v1/purge', { body })
    expect(answer.status).toBe(202)
    expect(answer.body).toEqual({ id: expect.any(String), domain: 'purge.test', path: '/a?b=c' })
    expect(api.lineOf(answer)).toMatchObject({ action: 'request', domain: 'purge.test' })
  })

  it.each([
    ['a domain that is not configured', { domain: 'none.test' }, '/domain'],
    ['a path that does not start with a slash', { domain: 'purge.test', path: 'a' }, '/path'],
    ['a path with a fragment', { domain: 'purge.test', path: '/a#b' }, '/path'],
    ['a path with white space', { domain: 'purge.test', path: '/a b' }, '/path'],
    ['no domain', { path: '/' }, '/domain'],
  ])('refuses %s', async (_, body, pointer) => {
    const answer = await api.call('POST', '/api/v1/purge', { body })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
  })
})

describe('GET /events', () => {
  it('goes on after the last event', async () => {
    await api.call('PUT', '/api/v1/domains/event.test', { body: settings })
    const first = JSON.parse((await api.call('GET', '/api/v1/events?limit=1')).text)
    const rest = JSON.parse((await api.call('GET', `/api/v1/events?after=${first.last}`)).text)
    expect(first.items).toHaveLength(1)
    expect(rest.items[0].seq > first.last).toBe(true)
    const end = JSON.parse((await api.call('GET', `/api/v1/events?after=${rest.last}`)).text)
    expect(end).toEqual({ items: [], last: rest.last })
  })

  it('carries the request id of the change', async () => {
    const answer = await api.call('PUT', '/api/v1/domains/caused.test', {
      body: settings,
      headers: { 'x-request-id': 'deploy-4711' },
    })
    expect(answer.headers['x-request-id']).toBe('deploy-4711')
    const events = await api.store.events.read(undefined, 1000)
    const audit = await api.store.audit.list(undefined, 1000)
    const change = { resource: 'domain/caused.test', request_id: 'deploy-4711', caller: 'master' }
    expect(events).toContainEqual(expect.objectContaining(change))
    expect(audit.items).toContainEqual(expect.objectContaining(change))
    expect(api.lineOf(answer)).toMatchObject({ caller: 'master', status: 201 })
  })

  it.each(['1', 'x-1', '99999999999999999999-0'])('refuses ?after=%s', async (after) => {
    expect((await api.call('GET', `/api/v1/events?after=${after}`)).status).toBe(400)
  })
})

describe('GET /domains/{name}/certificate', () => {
  it('answers 404 where none is stored', async () => {
    const answer = await api.call('GET', '/api/v1/domains/none.test/certificate')
    expect(answer.status).toBe(404)
  })
})

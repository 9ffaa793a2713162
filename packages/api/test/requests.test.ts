import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitUntil } from '@cirrus/servers'
import { type TestApi, news, startApi } from './api-fixture.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

/** Sends raw bytes and returns the raw answer. */
async function exchange(bytes: string): Promise<string> {
  const socket = connect(api.port, '127.0.0.1')
  socket.write(bytes)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

describe('a body', () => {
  const origin = { scheme: 'http', host: '127.0.0.1', port: 9001 }
  const withOrigin = (change: object) => ({ ...news, origins: [{ ...origin, ...change }] })

  it.each([
    ['text where a number is wanted', withOrigin({ port: '9001' }), '/origins/0/port'],
    ['null where a number is wanted', withOrigin({ port: null }), '/origins/0/port'],
    ['a port out of range', withOrigin({ port: 65_536 }), '/origins/0/port'],
    ['a fraction', withOrigin({ port: 80.5 }), '/origins/0/port'],
    ['an unknown scheme', withOrigin({ scheme: 'ftp' }), '/origins/0/scheme'],
    ['a host with a path', withOrigin({ host: 'a/b' }), '/origins/0/host'],
    ['an unknown field inside', withOrigin({ colour: 1 }), '/origins/0/colour'],
    ['an unknown field', { ...news, colour: 1 }, '/colour'],
    ['a field with odd characters', { ...news, 'a/b~c': 1 }, '/a~1b~0c'],
    ['a field that only we set', { ...news, created_at: '2026-01-01T00:00:00Z' }, '/created_at'],
    ['a missing field', { ...news, team: undefined }, '/team'],
    ['an unknown team', { ...news, team: 'nobody' }, '/team'],
    ['an unknown environment', { ...news, env: 'prod' }, '/env'],
    ['no origin', { ...news, origins: [] }, '/origins'],
    ['an object where a list is wanted', { ...news, origins: origin }, '/origins'],
    ['a wildcard name', { ...news, name: '*.demo.test' }, '/name'],
    ['an address as name', { ...news, name: '192.0.2.1' }, '/name'],
    ['a name with a port', { ...news, name: 'demo.test:80' }, '/name'],
    ['a negative lifetime', { ...news, cache: { ttl: -1 } }, '/cache/ttl'],
    [
      'a header with a line feed',
      { ...news, upstream_headers: { a: 'b\nc' } },
      '/upstream_headers/a',
    ],
    [
      'a header name with a space',
      { ...news, upstream_headers: { 'a b': 'c' } },
      '/upstream_headers/a b',
    ],
    ['a list', [], ''],
    ['a number', 7, ''],
  ])('with %s is refused, and the field named', async (_, body, pointer) => {
    const answer = await api.call('POST', '/api/v1/domains', { body })
    expect(answer.status).toBe(422)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.body).toMatchObject({
      type: 'about:blank',
      title: 'Body is not valid',
      status: 422,
      code: 'CIRRUS_BODY_INVALID',
      request_id: answer.headers['x-request-id'],
      errors: [{ pointer, detail: expect.stringMatching(/^must /) }],
    })
  })

  const json = 'application/json'
  const unreadable = { status: 400, code: 'CIRRUS_BODY_UNREADABLE' }
  const unsupported = { status: 415, code: 'CIRRUS_MEDIA_TYPE_UNSUPPORTED' }
  const large = `"${'x'.repeat(1_048_576)}"`

  it.each([
    { what: 'broken JSON', body: '{"name":', type: json, problem: unreadable },
    { what: 'a poisoned prototype', body: '{"__proto__":{}}', type: json, problem: unreadable },
    {
      what: 'nothing',
      body: '',
      type: json,
      problem: { status: 422, code: 'CIRRUS_BODY_INVALID' },
    },
    { what: 'plain text', body: '{}', type: 'text/plain', problem: unsupported },
    { what: 'a form', body: 'a=b', type: 'multipart/form-data', problem: unsupported },
    {
      what: 'too large',
      body: large,
      type: json,
      problem: { status: 413, code: 'CIRRUS_BODY_TOO_LARGE' },
    },
  ])('that is $what is refused', async ({ body, type, problem }) => {
    const headers = { 'content-type': type }
    const answer = await api.call('POST', '/api/v1/domains', { body, headers })
    expect(answer).toMatchObject({ status: problem.status, body: problem })
  })
})

describe('a path', () => {
  const notFound = { status: 404, code: 'CIRRUS_NOT_FOUND' }
  const invalid = { status: 400, code: 'CIRRUS_REQUEST_INVALID' }

  it.each([
    { what: 'unknown', url: '/nope', problem: notFound },
    { what: 'unknown below the API', url: '/api/v1/nope', problem: notFound },
    { what: 'no valid name', url: '/api/v1/domains/192.0.2.1', problem: invalid },
    { what: 'no valid UTF-8', url: '/api/v1/domains/%ff', problem: invalid },
    { what: 'no valid escape', url: '/api/v1/domains/%zz', problem: invalid },
    { what: 'very long', url: `/api/v1/domains/${'a'.repeat(2000)}`, problem: invalid },
  ])('that is $what is refused and logged', async ({ url, problem }) => {
    const answer = await api.call('GET', url)
    expect(answer).toMatchObject({ status: problem.status, body: problem })
    const { status, code: reason } = problem
    expect(api.lineOf(answer)).toMatchObject({ status, branch: 'failed', reason })
  })

  it.each([
    ['PATCH', '/api/v1/domains', 'GET, HEAD, POST'],
    ['POST', '/api/v1/domains/a.test', 'DELETE, GET, HEAD, PUT'],
    ['DELETE', '/healthz', 'GET, HEAD'],
    ['OPTIONS', '/api/v1/purge', 'POST'],
    ['POST', '/api/v1/docs', 'GET, HEAD'],
  ] as const)('tells %s %s which methods it has', async (method, url, allow) => {
    const answer = await api.call(method, url, { body: 'not JSON' })
    expect(answer).toMatchObject({ status: 405, body: { code: 'CIRRUS_METHOD_NOT_ALLOWED' } })
    expect(answer.headers['allow']).toBe(allow)
  })
})

describe('a caller', () => {
  it.each([
    ['no token', {}, 'Bearer realm="cirrus"'],
    ['a wrong token', { authorization: 'Bearer nope' }, 'error="invalid_token"'],
    ['the wrong scheme', { authorization: 'Basic bWFzdGVy' }, 'Bearer realm="cirrus"'],
    ['an empty token', { authorization: 'Bearer ' }, 'Bearer realm="cirrus"'],
  ])('with %s is refused', async (_, headers, challenge) => {
    const response = await api.app.inject({ url: '/api/v1/domains', headers })
    expect(response.statusCode).toBe(401)
    expect(response.headers['www-authenticate']).toContain(challenge)
    expect(response.json()).toMatchObject({ code: 'CIRRUS_UNAUTHENTICATED' })
  })

  it('without a token is refused before its body is read', async () => {
    const response = await api.app.inject({
      method: 'POST',
      url: '/api/v1/domains',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    })
    expect(response.statusCode).toBe(401)
  })

  it.each(['/healthz', '/readyz', '/metrics', '/api/v1/openapi.json', '/api/v1/docs/'])(
    'needs no token for %s',
    async (url) => {
      expect((await api.app.inject({ url })).statusCode).toBe(200)
    },
  )

  it('may write the scheme in any case', async () => {
    const answer = await api.call('GET', '/api/v1/domains', {
      headers: { authorization: 'bearer master-token-of-tests' },
    })
    expect(answer.status).toBe(200)
  })
})

describe('a request id', () => {
  it.each([
    ['kept when harmless', 'build_42.a-b', 'build_42.a-b'],
    ['replaced when too short', 'short', undefined],
    ['replaced when too long', 'x'.repeat(65), undefined],
    ['replaced when it would forge a log line', 'abcdefgh"}', undefined],
  ])('is %s', async (_, given, kept) => {
    const answer = await api.call('GET', '/nope', { headers: { 'x-request-id': given } })
    const id = answer.headers['x-request-id']
    if (kept === undefined) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
    else expect(id).toBe(kept)
    expect(answer.body).toMatchObject({ request_id: id })
  })
})

describe('bytes that are no HTTP', () => {
  it('are answered with a problem', async () => {
    const answer = await exchange('nonsense\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*\r\n/)
    expect(answer).toContain('Content-Type: application/problem+json')
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      code: 'CIRRUS_REQUEST_INVALID',
    })
  })

  it('are refused when headers are too large', async () => {
    const answer = await exchange(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  })

  it('of a client that hangs up leave no request in flight', async () => {
    const socket = connect(api.port, '127.0.0.1')
    socket.write('POST /api/v1/domains HTTP/1.1\r\nHost: a\r\n')
    socket.write('Authorization: Bearer master-token-of-tests\r\nX-Request-Id: hangs-up-1\r\n')
    socket.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{')
    const inFlight = async (): Promise<string | undefined> =>
      /^cirrus_api_requests_in_flight (\d+)/m.exec((await api.call('GET', '/metrics')).text)?.[1]
    // The request for the metrics is in flight itself.
    await waitUntil(async () => (await inFlight()) === '2')
    socket.destroy()
    await waitUntil(async () => (await inFlight()) === '1')
    expect(api.lines.filter((line) => line['request_id'] === 'hangs-up-1')).toMatchObject([
      { status: 499, branch: 'failed', reason: 'client hung up' },
    ])
  })
})

describe('each request', () => {
  it('is logged once, without its query, and counted by route', async () => {
    const answer = await api.call('GET', '/api/v1/domains/x.test?secret=1')
    const id = answer.headers['x-request-id']
    expect(api.lines.filter((line) => line['request_id'] === id)).toEqual([
      expect.objectContaining({
        event: 'api.request',
        level: 'info',
        method: 'GET',
        route: '/api/v1/domains/:name',
        path: '/api/v1/domains/x.test',
        status: 404,
        branch: 'failed',
        reason: 'CIRRUS_NOT_FOUND',
        domain: 'x.test',
        duration: expect.any(Number),
      }),
    ])
    const metrics = (await api.call('GET', '/metrics')).text
    expect(metrics).toMatch(
      /cirrus_api_requests_total\{method="GET",route="\/api\/v1\/domains\/:name",status="4xx"\} \d/,
    )
    expect(metrics).toContain('cirrus_store_up 1')
    expect(JSON.stringify(api.lines)).not.toContain('secret')
  })
})

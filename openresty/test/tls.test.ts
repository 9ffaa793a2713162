import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { connect as connectHttp2 } from 'node:http2'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PeerCertificate, connect } from 'node:tls'
import {
  type RunningEdge,
  type RunningRedis,
  startEdge,
  startRedis,
  waitUntil,
} from '@cirrus/servers'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Certificate,
  type Origin,
  accessLog,
  ask,
  listen,
  makeCertificate,
  originOf,
  putDomain,
  redisClient,
  scrape,
  startOrigin,
} from './fixture.ts'

function secureOrigin(port = 0): object {
  return originOf(port, { scheme: 'https', sni: 'inner.test' })
}

describe('TLS', () => {
  let server: RunningRedis
  let redis: Redis
  let edge: RunningEdge
  let origin: Origin
  let directory: string
  let inner: Certificate

  const store = (name: string, { certificate, key }: Certificate): Promise<number> =>
    redis.hset(`cdn:cert:${name}`, { fullchain: certificate, key })

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cirrus-tls-'))
    server = await startRedis()
    redis = redisClient(server.url)
    origin = await startOrigin()
    inner = await makeCertificate(directory, 'inner.test')
    edge = await startEdge({
      redisUrl: server.url,
      node: 'edge-t',
      settings: { CIRRUS_EDGE_ORIGIN_CA: join(directory, 'inner.test.crt') },
    })
    for (const name of ['a.test', 'b.test']) {
      await store(name, await makeCertificate(directory, name))
      await putDomain(redis, name, { origins: [originOf(origin.port)] })
    }
  })

  afterAll(async () => {
    await edge?.stop()
    redis?.disconnect()
    await server?.stop()
    await origin?.stop()
  })

  async function peerCertificate(servername?: string): Promise<PeerCertificate> {
    const socket = connect({
      host: '127.0.0.1',
      port: edge.tlsPort,
      rejectUnauthorized: false,
      ...(servername !== undefined && { servername }),
    })
    await once(socket, 'secureConnect')
    const certificate = socket.getPeerCertificate()
    socket.destroy()
    return certificate
  }

  const nameFor = async (servername?: string): Promise<string> =>
    String((await peerCertificate(servername)).subject.CN)

  const failures = async (phase: string): Promise<number> =>
    (await scrape(edge)).get(`nginx_ssl_handshake_errors_total{phase="${phase}"}`) ?? 0

  it('shows the certificate of the name that the client asks for', async () => {
    expect([await nameFor('a.test'), await nameFor('B.TEST')]).toEqual(['a.test', 'b.test'])
  })

  it('shows a placeholder to a client that names none', async () => {
    expect(await nameFor()).toBe('placeholder.invalid')
  })

  it('counts names without a certificate', async () => {
    const before = await failures('lookup')
    expect(await nameFor('nobody.test')).toBe('placeholder.invalid')
    expect(await failures('lookup')).toBe(before + 1)
  })

  it('counts certificates that are broken or do not fit their key', async () => {
    const [good, other] = [
      await makeCertificate(directory, 'c.test'),
      await makeCertificate(directory, 'd.test'),
    ]
    await store('c.test', { ...good, certificate: 'no PEM' })
    expect(await nameFor('c.test')).toBe('placeholder.invalid')
    await store('d.test', { ...good, key: other.key })
    await expect(nameFor('d.test')).rejects.toThrow()
    expect([await failures('parse'), await failures('handshake')]).toEqual([1, 1])
  })

  it('shows a renewed certificate within seconds', async () => {
    const before = (await peerCertificate('a.test')).fingerprint256
    await store('a.test', await makeCertificate(directory, 'a.test'))
    await waitUntil(async () => (await peerCertificate('a.test')).fingerprint256 !== before)
  })

  it('serves HTTP/2 and logs it', async () => {
    const client = connectHttp2(`https://127.0.0.1:${edge.tlsPort}`, {
      servername: 'a.test',
      rejectUnauthorized: false,
    })
    const stream = client.request({ ':path': '/h2', ':authority': 'a.test' })
    const [headers] = await once(stream, 'response')
    stream.resume()
    await once(stream, 'end')
    client.close()
    expect(headers[':status']).toBe(200)
    const line = (await accessLog(edge, 1)).find(({ path }) => path === '/h2')
    expect(line).toMatchObject({
      domain: 'a.test',
      protocol: 'HTTP/2.0',
      tls: 'TLSv1.3',
      status: 200,
    })
  })

  it('verifies origins by their SNI', async () => {
    const { certificate, key } = await makeCertificate(directory, 'stranger.test')
    const secure = createServer({ cert: inner.certificate, key: inner.key }, (_, response) => {
      response.end('over TLS')
    })
    const stranger = createServer({ cert: certificate, key })
    const ports = [await listen(secure), await listen(stranger)]
    await putDomain(redis, 'secure.test', { origins: [secureOrigin(ports[0])] })
    await putDomain(redis, 'stranger.test', { origins: [secureOrigin(ports[1])] })
    expect((await ask(edge, { host: 'secure.test' })).body).toBe('over TLS')
    expect((await ask(edge, { host: 'stranger.test' })).status).toBe(502)
    secure.close()
    stranger.close()
  })
})

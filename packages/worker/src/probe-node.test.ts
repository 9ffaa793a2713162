import { type RequestListener, type Server, createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import { type ProbeTarget, probeNode } from './probe-node.ts'

const servers: Server[] = []
const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((network) => network?.address === '::1')

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function nodeThat(answer: RequestListener, host = '127.0.0.1'): Promise<ProbeTarget> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('not listening')
  return { address: address.address, health_port: address.port }
}

const reasonOf = async (target: ProbeTarget, timeoutMs = 2000): Promise<string> =>
  (await probeNode(target, { timeoutMs, nowMs: () => performance.now() })).reason

describe('probeNode', () => {
  it('accepts status 200 on /healthz', async () => {
    const paths: (string | undefined)[] = []
    const target = await nodeThat((request, response) => {
      paths.push(request.url)
      response.end('ok')
    })
    const result = await probeNode(target, { timeoutMs: 2000, nowMs: () => performance.now() })
    expect(result).toMatchObject({ ok: true, reason: '' })
    expect(result.durationSeconds).toBeGreaterThan(0)
    expect(paths).toEqual(['/healthz'])
  })

  it('measures with the given clock', async () => {
    const target = await nodeThat((_, response) => response.end())
    const times = [1000, 1250]
    const nowMs = (): number => times.shift() ?? 0
    expect(await probeNode(target, { timeoutMs: 2000, nowMs })).toMatchObject({
      durationSeconds: 0.25,
    })
  })

  it.skipIf(!hasIpv6)('reaches a node by IPv6, where the machine has ::1', async () => {
    const target = await nodeThat((_, response) => response.end(), '::1')
    expect(await reasonOf(target)).toBe('')
  })

  it('names a bad status', async () => {
    const target = await nodeThat((_, response) => response.writeHead(503).end())
    expect(await reasonOf(target)).toBe('status 503')
  })

  it('does not follow a redirect', async () => {
    const elsewhere = await nodeThat((_, response) => response.end())
    const location = `http://${elsewhere.address}:${elsewhere.health_port}/healthz`
    const target = await nodeThat((_, response) => response.writeHead(302, { location }).end())
    expect(await reasonOf(target)).toBe('status 302')
  })

  it('gives up on a node that does not answer', async () => {
    expect(await reasonOf(await nodeThat(() => {}), 50)).toBe('timeout')
  })

  it('gives up on an answer that does not end', async () => {
    const target = await nodeThat((_, response) => response.write('a'))
    expect(await reasonOf(target, 50)).toBe('timeout')
  })

  it('reads no more than 64 KiB', async () => {
    const exact = await nodeThat((_, response) => response.end(Buffer.alloc(64 * 1024)))
    const larger = await nodeThat((_, response) => response.end(Buffer.alloc(64 * 1024 + 1)))
    expect([await reasonOf(exact), await reasonOf(larger)]).toEqual(['', 'answer too large'])
  })

  it('names a refused connection', async () => {
    const target = await nodeThat(() => {})
    servers.pop()?.close()
    expect(await reasonOf(target)).toBe('ECONNREFUSED')
  })

  it('names an answer that is cut off', async () => {
    const target = await nodeThat((_, response) => {
      response.writeHead(200, { 'content-length': 10 })
      response.write('a', () => response.destroy())
    })
    expect(await reasonOf(target)).toBe('ECONNRESET')
  })
})

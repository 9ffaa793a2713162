import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type RunningRedis, freePort, startRedis, waitUntil } from '@cirrus/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { masterToken } from './api-fixture.ts'

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const isBuilt = existsSync(main)

function run(settings: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [main], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function endOf(child: ChildProcess): Promise<{ code: unknown; out: string; err: string }> {
  const [[code], out, err] = await Promise.all([
    once(child, 'exit'),
    child.stdout === null ? '' : text(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
  ])
  return { code, out, err }
}

describe.skipIf(!isBuilt)(`the process${isBuilt ? '' : ' (skipped: run npm run build)'}`, () => {
  let redis: RunningRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())

  it('names all wrong settings at once and exits with 2', async () => {
    const wrong = { CIRRUS_API_PORT: 'x', CIRRUS_API_MASTER_TOKEN: 'hush', CIRRUS_API_HOTS: 'a' }
    const { code, out, err } = await endOf(run(wrong))
    expect(code).toBe(2)
    expect(out).toBe('')
    for (const name of Object.keys(wrong)) expect(err).toContain(name)
    expect(err).not.toContain('hush')
  })

  it('serves, and after SIGTERM ends what it began', async () => {
    const port = await freePort()
    const child = run({
      CIRRUS_API_PORT: String(port),
      CIRRUS_API_REDIS_URL: redis.url,
      CIRRUS_API_MASTER_TOKEN: masterToken,
    })
    const ended = endOf(child)
    const url = `http://127.0.0.1:${port}`
    await waitUntil(async () => (await fetch(`${url}/readyz`)).ok)
    const authorization = `Bearer ${masterToken}`
    const answer = await fetch(`${url}/api/v1/domains`, { headers: { authorization } })
    expect(await answer.json()).toEqual({ items: [] })
    child.kill('SIGTERM')
    const { code, out, err } = await ended
    expect([code, err]).toEqual([0, ''])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.at(0)).toMatchObject({ event: 'service.started', port, service: 'api' })
    expect(lines.at(-1)).toMatchObject({ event: 'service.stopped', reason: 'SIGTERM' })
    expect(out).not.toContain(masterToken)
  })

  it('ends when its port is taken, and says which', async () => {
    const { code, err } = await endOf(
      run({
        CIRRUS_API_PORT: String(redis.port),
        CIRRUS_API_REDIS_URL: redis.url,
        CIRRUS_API_MASTER_TOKEN: masterToken,
      }),
    )
    expect(code).toBe(1)
    expect(err).toContain(`127.0.0.1:${redis.port}`)
  })
})

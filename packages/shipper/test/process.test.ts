import {
  environment,
  freePort,
  runCommand,
  startLoki,
  startProcess,
  waitUntil,
  whyMissing,
} from '@cirrus/servers'
import { appendFileSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ShipperStatus } from '../src/index.ts'
import { countLines } from './loki-client.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const main = join(root, 'packages/shipper/dist/main.js')
const missing = await whyMissing('loki')
const title = missing === undefined ? '' : ` (skipped: ${missing})`

beforeAll(async () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { code, stdout } = await runCommand(process.execPath, [tsc, '-b', 'packages/shipper'], {
    cwd: root,
  })
  expect([code, stdout]).toEqual([0, ''])
})

describe('the shipper process', () => {
  it('lists every wrong setting and ends with status 2', async () => {
    const env = { ...environment, CIRRUS_SHIPPER_PORT: '0', CIRRUS_SHIPPER_FILE: 'edge:/a.log' }
    const { code, stderr } = await runCommand(process.execPath, [main], { env })
    expect(code).toBe(2)
    for (const name of ['PORT', 'FILE', 'LOKI_URL', 'SPOOL_DIR', 'FILES']) {
      expect(stderr).toContain(`CIRRUS_SHIPPER_${name} `)
    }
  })
})

interface Running {
  kill(): Promise<void>
  stop(): Promise<number | undefined>
  status(): Promise<ShipperStatus>
}

/** Writes lines to two files until it is stopped; says how many. */
function startWriting(directory: string, domain: string): () => number {
  let count = 0
  const timer = setInterval(() => {
    const lines = Array.from({ length: 25 }, () => {
      count += 1
      return `${JSON.stringify({ time: new Date().toISOString(), domain, path: `/${count}` })}\n`
    }).join('')
    appendFileSync(join(directory, `edge-${count % 2}.log`), lines)
  }, 5)
  onTestFinished(() => clearInterval(timer))
  return () => {
    clearInterval(timer)
    return count
  }
}

async function arrived(shipper: Running, read: number): Promise<void> {
  await waitUntil(
    async () => {
      const status = await shipper.status()
      expect(status.unaccounted).toBe(0)
      return status.read === read && status.waiting === 0
    },
    { timeoutMs: 30_000, what: `${read} lines to arrive` },
  )
}

describe.skipIf(missing !== undefined)(
  `the shipper process with Loki${title}`,
  { timeout: 90_000 },
  () => {
    let loki: Awaited<ReturnType<typeof startLoki>>
    beforeAll(async () => {
      loki = await startLoki()
    })
    afterAll(() => loki.stop())

    async function start(directory: string): Promise<Running> {
      const port = await freePort()
      const url = `http://127.0.0.1:${port}`
      const running = await startProcess({
        name: 'shipper',
        command: process.execPath,
        args: [main],
        env: {
          CIRRUS_SHIPPER_FILES: `edge:${directory}/edge-*.log`,
          CIRRUS_SHIPPER_LOKI_URL: loki.url,
          CIRRUS_SHIPPER_SPOOL_DIR: join(directory, 'spool'),
          CIRRUS_SHIPPER_PORT: String(port),
        },
        logFile: join(directory, 'shipper.log'),
        isReady: async () => (await fetch(`${url}/healthz`)).ok,
        stopTimeoutMs: 8000,
      })
      onTestFinished(() => running.stop())
      return {
        kill: () => running.kill(),
        async stop() {
          await running.stop()
          return (await running.exited).code
        },
        status: async () => JSON.parse(await (await fetch(`${url}/status`)).text()),
      }
    }

    it('loses and doubles no line when it is killed again and again while files rotate', async () => {
      const directory = temporaryDirectory()
      const stopWriting = startWriting(directory, 'killed.test')
      for (let round = 0; round < 5; round += 1) {
        const shipper = await start(directory)
        // A file that is called otherwise before anybody saw it is nobody's.
        await waitUntil(async () => (await shipper.status()).read > 0, { intervalMs: 5 })
        if (round % 2 === 0) {
          renameSync(join(directory, 'edge-1.log'), join(directory, `old-${round}.log`))
        }
        const { read } = await shipper.status()
        await waitUntil(async () => (await shipper.status()).read > read + 200 * round, {
          intervalMs: 5,
        })
        await shipper.kill()
      }
      const written = stopWriting()
      const shipper = await start(directory)
      await arrived(shipper, written)
      expect(await shipper.status()).toMatchObject({ delivered: written, dropped: {}, dead: {} })
      expect(await countLines(loki.url, '{domain="killed.test"}')).toBe(written)
      expect(await shipper.stop()).toBe(0)
      expect(readFileSync(join(directory, 'shipper.log'), 'utf8')).toContain('"reason":"SIGTERM"')
    })

    it('keeps lines on disk while Loki is away, also across its own end', async () => {
      const directory = temporaryDirectory()
      const stopWriting = startWriting(directory, 'outage.test')
      const first = await start(directory)
      await waitUntil(async () => (await first.status()).delivered > 0)
      await loki.stop()
      await waitUntil(async () => (await first.status()).waiting > 1000)
      expect(await first.stop()).toBe(0)
      const second = await start(directory)
      expect((await second.status()).waiting).toBeGreaterThan(1000)
      loki = await startLoki({ directory: loki.directory, port: loki.port })
      const written = stopWriting()
      await arrived(second, written)
      expect(await countLines(loki.url, '{domain="outage.test"}')).toBe(written)
    })
  },
)

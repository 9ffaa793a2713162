import { mkdtemp, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  ServerStartError,
  answersOk,
  findServer,
  freePort,
  portOwner,
  startLoki,
  startProcess,
  startRedis,
  waitUntil,
  whyMissing,
} from '../src/index.ts'

const noLoki = await whyMissing('loki')
const noRedis = await whyMissing('redis')
const started: { stop(): Promise<void> }[] = []

afterEach(async () => {
  for (const running of started.splice(0)) await running.stop()
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function logFile(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'cirrus-servers-')), 'process.log')
}

describe('startProcess', () => {
  it('appends output to the log and resolves when ready', async () => {
    const file = await logFile()
    const running = await startProcess({
      name: 'shell',
      command: '/bin/sh',
      args: ['-c', 'echo hello; exec sleep 30'],
      logFile: file,
      isReady: async () => (await readFile(file, 'utf8')).includes('hello'),
    })
    started.push(running)
    expect(isAlive(running.pid)).toBe(true)
  })

  it('shows the end of the log when the process ends early', async () => {
    const start = startProcess({
      name: 'shell',
      command: '/bin/sh',
      args: ['-c', 'echo port is taken; exit 7'],
      logFile: await logFile(),
      isReady: async () => false,
    })
    await expect(start).rejects.toThrow(/it ended with 7\nport is taken/)
  })

  it('says so when the program does not exist', async () => {
    const start = startProcess({
      name: 'ghost',
      command: '/nowhere/ghost',
      args: [],
      logFile: await logFile(),
    })
    await expect(start).rejects.toBeInstanceOf(ServerStartError)
  })

  it('stops a process that ignores SIGTERM, with its children', async () => {
    const file = await logFile()
    const running = await startProcess({
      name: 'stubborn',
      command: '/bin/sh',
      args: ['-c', 'trap "" TERM; sleep 60 & echo child $!; while :; do sleep 1; done'],
      logFile: file,
      stopTimeoutMs: 200,
      isReady: async () => /child \d+/.test(await readFile(file, 'utf8')),
    })
    const child = Number(/child (\d+)/.exec(await readFile(file, 'utf8'))?.[1])
    await running.stop()
    await waitUntil(() => !isAlive(child) && !isAlive(running.pid), { what: 'the group to end' })
  })
})

describe('waitUntil', () => {
  it('names what it waited for and why it failed', async () => {
    const wait = waitUntil(
      () => {
        throw new Error('connection refused')
      },
      { timeoutMs: 50, intervalMs: 10, what: 'the API' },
    )
    await expect(wait).rejects.toMatchObject({
      message: 'Waited 50 ms for the API',
      cause: new Error('connection refused'),
    })
  })
})

describe('portOwner', () => {
  it('names the process that listens', async () => {
    const port = await freePort()
    const server = createServer().listen(port, '127.0.0.1')
    started.push({ stop: async () => void server.close() })
    await waitUntil(async () => (await portOwner(port)) !== undefined)
    expect(await portOwner(port)).toMatchObject({ pid: process.pid })
  })

  it('is undefined for a free port', async () => {
    expect(await portOwner(await freePort())).toBeUndefined()
  })
})

describe.skipIf(noRedis !== undefined)(`startRedis (${noRedis ?? 'real Redis'})`, () => {
  it('keeps data over a kill -9 and asks for its password', async () => {
    const first = await startRedis({ password: 'se cret' })
    expect(first.url).toBe(`redis://:se%20cret@127.0.0.1:${first.port}`)
    await first.kill()
    const { directory, port } = first
    started.push(await startRedis({ directory, port, password: 'se cret' }))
  })
})

describe.skipIf(noLoki !== undefined)(`startLoki (${noLoki ?? 'real Loki'})`, () => {
  it('answers with the configuration that ships', async () => {
    const loki = await startLoki()
    started.push(loki)
    await waitUntil(() => answersOk(`${loki.url}/loki/api/v1/labels`), { what: 'an answer' })
  })
})

describe('findServer', () => {
  it('looks in the folders for servers that PATH may lack', async () => {
    expect((await findServer('nginx'))?.path ?? 'absent').toMatch(/nginx|openresty|absent/)
  })
})

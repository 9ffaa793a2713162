import { waitUntil } from '@cirrus/servers'
import { describe, expect, it } from 'vitest'
import type { Running } from './component.ts'
import { type Supervisor, createSupervisor } from './supervisor.ts'

/** A process that ends when told. */
interface FakeProcess extends Running {
  crash(): void
}

function fakeProcess(pid: number): FakeProcess {
  const ending = new AbortController()
  const exited = new Promise<{ code: number; signal: undefined }>((resolve) => {
    ending.signal.addEventListener('abort', () => resolve({ code: 1, signal: undefined }))
  })
  const end = async (): Promise<void> => ending.abort()
  return { pid, exited, crash: () => ending.abort(), stop: end, kill: end }
}

interface Supervised {
  readonly supervisor: Supervisor
  readonly started: FakeProcess[]
  readonly states: string[]
}

function supervise(nowMs: () => number = () => 0): Supervised {
  const started: FakeProcess[] = []
  const states: string[] = []
  const supervisor = createSupervisor({
    name: 'api',
    nowMs,
    firstPauseMs: 1,
    onChange: ({ state }) => states.push(state),
    start: async () => {
      const running = fakeProcess(started.length + 1)
      started.push(running)
      return running
    },
  })
  return { supervisor, started, states }
}

describe('createSupervisor', () => {
  it('starts again what ends by itself, and counts it', async () => {
    const { supervisor, started } = supervise()
    await supervisor.start()
    started[0]?.crash()
    await waitUntil(() => supervisor.status().pid === 2)
    expect(supervisor.status()).toMatchObject({ state: 'up', restarts: 1 })
  })

  it('keeps down what is held until it is released', async () => {
    const { supervisor, started, states } = supervise()
    await supervisor.start()
    await supervisor.hold()
    expect(supervisor.status()).toMatchObject({ state: 'held', pid: undefined })
    await supervisor.release()
    expect(states).toEqual(['starting', 'up', 'held', 'starting', 'up'])
    expect(started).toHaveLength(2)
  })

  it('gives up on what crashes over and over', async () => {
    const { supervisor, started } = supervise()
    await supervisor.start()
    await waitUntil(() => {
      started.at(-1)?.crash()
      return supervisor.status().state === 'failed'
    })
    expect(started).toHaveLength(9)
  })

  it('forgives crashes of what was stable in between', async () => {
    let nowMs = 0
    const { supervisor, started } = supervise(() => nowMs)
    await supervisor.start()
    for (let crash = 1; crash <= 12; crash += 1) {
      nowMs += 61_000
      started.at(-1)?.crash()
      await waitUntil(() => supervisor.status().pid === crash + 1)
    }
    expect(supervisor.status()).toMatchObject({ state: 'up', restarts: 12 })
  })

  it('does not start again what was stopped', async () => {
    const { supervisor, started } = supervise()
    await supervisor.start()
    await supervisor.stop()
    expect(supervisor.status().state).toBe('stopped')
    expect(started).toHaveLength(1)
  })

  it('stops what is still starting', async () => {
    const running = fakeProcess(1)
    const finish = new AbortController()
    const supervisor = createSupervisor({
      name: 'api',
      nowMs: () => 0,
      onChange: () => undefined,
      start: () =>
        new Promise((resolve) => finish.signal.addEventListener('abort', () => resolve(running))),
    })
    const starting = supervisor.start()
    const stopping = supervisor.stop()
    finish.abort()
    await Promise.all([starting, stopping])
    expect(await running.exited).toEqual({ code: 1, signal: undefined })
    expect(supervisor.status().state).toBe('stopped')
  })

  it('fails a first start that fails', async () => {
    const supervisor = createSupervisor({
      name: 'api',
      nowMs: () => 0,
      onChange: () => undefined,
      start: () => Promise.reject(new Error('no port')),
    })
    await expect(supervisor.start()).rejects.toThrow('no port')
  })
})

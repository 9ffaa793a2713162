import type { Runtime } from './runtime.ts'

/** What can be broken on purpose. */
export const faultNames = ['origin', 'redis', 'loki'] as const

export type FaultName = (typeof faultNames)[number]

export const faultDescriptions: Readonly<Record<FaultName, string>> = {
  origin: 'the shop answers 500 to everything',
  redis: 'Redis is stopped and kept down',
  loki: 'Loki is stopped and kept down',
}

export interface Faults {
  /** What is broken now. */
  active(): readonly FaultName[]
  break(name: FaultName): Promise<void>
  heal(name: FaultName): Promise<void>
}

const TIMEOUT_MS = 5000

export function createFaults(runtime: Pick<Runtime, 'outside' | 'hold' | 'release'>): Faults {
  const active = new Set<FaultName>()

  async function breakOrigin(method: 'PUT' | 'DELETE'): Promise<void> {
    const url = `http://${runtime.outside.address('origins')}/faults/shop`
    const response = await fetch(url, { method, signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok) throw new Error(`${method} ${url} was answered with ${response.status}`)
  }

  return {
    active: () => faultNames.filter((name) => active.has(name)),
    async break(name) {
      if (name === 'origin') await breakOrigin('PUT')
      else await runtime.hold(name)
      active.add(name)
    },
    async heal(name) {
      if (name === 'origin') await breakOrigin('DELETE')
      else await runtime.release(name)
      active.delete(name)
    },
  }
}

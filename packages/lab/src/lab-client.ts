import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { NoLabError } from './errors.ts'
import type { FaultName } from './faults.ts'

const TIMEOUT_MS = 15_000

const schema = Type.Object({
  components: Type.Array(
    Type.Object({
      name: Type.String(),
      state: Type.String(),
      detail: Type.String(),
      sinceMs: Type.Number(),
      restarts: Type.Number(),
    }),
  ),
  faults: Type.Array(Type.String()),
})

type LabReport = Type.Static<typeof schema>

/** Talks to the lab whose status page is at an address. */
export interface LabClient {
  /** @throws {NoLabError} when none answers; so do the others */
  report(): Promise<LabReport>
  break(name: FaultName): Promise<void>
  heal(name: FaultName): Promise<void>
}

export function createLabClient(url: string): LabClient {
  async function send(method: string, path: string): Promise<Response> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'x-cirrus-lab': '1' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new NoLabError(url, error)
    })
    if (response.ok) return response
    throw new NoLabError(
      url,
      new Error(`${method} ${path}: ${response.status} ${await response.text()}`),
    )
  }
  return {
    async report() {
      const value: unknown = await (await send('GET', '/status.json')).json()
      if (Value.Check(schema, value)) return value
      throw new NoLabError(url, new Error('something else answers there'))
    },
    async break(name) {
      await send('PUT', `/faults/${name}`)
    },
    async heal(name) {
      await send('DELETE', `/faults/${name}`)
    },
  }
}

import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

const TIMEOUT_MS = 2500

/** The JSON at an address, if it is of the wanted form; `undefined` when it cannot be had. */
export async function readJson<T extends TSchema>(
  schema: T,
  url: string,
): Promise<Static<T> | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const value: unknown = await response.json()
    return Value.Check(schema, value) ? value : undefined
  } catch {
    // The page shows what it can get; what is missing is seen among the components.
    return undefined
  }
}

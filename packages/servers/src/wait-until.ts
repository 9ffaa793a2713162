import { setTimeout as delay } from 'node:timers/promises'

interface WaitOptions {
  /** Gives up after this long; default 10 s. */
  readonly timeoutMs?: number
  /** Pause between two looks; default 50 ms. */
  readonly intervalMs?: number
  /** Ends the sentence "Waited … for …". */
  readonly what?: string
}

/**
 * Polls until `look` returns something other than `undefined` or `false`.
 *
 * @throws {Error} when the deadline passes; its cause is the last error `look` threw
 */
export async function waitUntil<T>(
  look: () => T | Promise<T>,
  { timeoutMs = 10_000, intervalMs = 50, what = 'a condition' }: WaitOptions = {},
): Promise<Exclude<T, false | undefined>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const { value, error } = await attempt(look)
    if (value !== undefined && value !== false) return value as Exclude<T, false | undefined>
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs} ms for ${what}`, { cause: error })
    }
    await delay(intervalMs)
  }
}

async function attempt<T>(look: () => T | Promise<T>): Promise<{ value?: T; error?: unknown }> {
  try {
    return { value: await look() }
  } catch (error) {
    return { error }
  }
}

import { randomUUID } from 'node:crypto'

/** Where time and chance come from. */
export interface Sources {
  /** Milliseconds of a monotonic clock. */
  readonly nowMs: () => number
  readonly now: () => Date
  /** From 0 up to 1. */
  readonly random: () => number
  readonly newId: () => string
}

export const systemSources: Sources = {
  nowMs: () => performance.now(),
  now: () => new Date(),
  random: Math.random,
  newId: randomUUID,
}

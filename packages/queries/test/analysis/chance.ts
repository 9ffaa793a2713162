/** Choices that are the same for the same seed. */
export interface Chance {
  /** A whole number from 0, below `limit`. */
  readonly below: (limit: number) => number
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T
  /** Some of the choices, in their order. */
  readonly some: <T>(choices: readonly T[]) => readonly T[]
  /** True one time in `times`. */
  readonly oneIn: (times: number) => boolean
}

/** The generator mulberry32. */
export function createChance(seed: number): Chance {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    some: (choices) => choices.filter(() => below(2) === 0),
    oneIn: (times) => below(times) === 0,
  }
}

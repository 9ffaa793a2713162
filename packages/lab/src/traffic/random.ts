/** Numbers in [0, 1) that look random and are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of the items; early ones come far more often than late ones, as with real pages. */
export function popular<T>(items: readonly [T, ...(readonly T[])], random: () => number): T {
  return items[popularIndex(items.length, random)] ?? items[0]
}

/** An index below `count` that is small most of the time. */
export function popularIndex(count: number, random: () => number): number {
  return Math.floor(count * random() ** 3)
}

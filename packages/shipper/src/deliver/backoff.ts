export interface BackoffOptions {
  readonly firstMs: number
  readonly maxMs: number
  /** A number from 0 up to 1. */
  readonly random: () => number
}

/** How long to pause after the given failed attempt: full jitter, so that senders spread out. */
export function backoffMs(attempt: number, { firstMs, maxMs, random }: BackoffOptions): number {
  return random() * Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 30))
}

import { type LogLevel, logEvents } from '@cirrus/catalog'
import { type Logger, logEvent } from '@cirrus/logging'
import { repeat } from './repeat.ts'

interface WatchStoreOptions {
  readonly ping: () => Promise<void>
  readonly gauge: { set(value: number): void }
  readonly logger: Pick<Logger, LogLevel>
}

export interface StoreWatch {
  /** Whether Redis answered when it was last asked. */
  isUp(): boolean
  stop(): Promise<void>
}

const PAUSE_MS = 1000

/** Asks Redis every second whether it answers; exports that, and logs when it changes. */
export function watchStore({ ping, gauge, logger }: WatchStoreOptions): StoreWatch {
  let isUp: boolean | undefined

  async function look(): Promise<void> {
    await ping()
    gauge.set(1)
    if (isUp === false) logEvent(logger, logEvents.storeRestored)
    isUp = true
  }

  function lose(error: unknown): void {
    gauge.set(0)
    if (isUp !== false) logEvent(logger, logEvents.storeLost, { err: error })
    isUp = false
  }

  const { stop } = repeat({ pauseMs: PAUSE_MS, task: look, onError: lose })
  return { isUp: () => isUp === true, stop }
}

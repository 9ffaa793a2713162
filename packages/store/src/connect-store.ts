import { Redis } from 'ioredis'
import { type Store, createStore } from './create-store.ts'
import type { Sources } from './traces.ts'

export interface ConnectOptions extends Partial<Sources> {
  /** `redis://[user:password@]host:port/db` or `rediss://…`. */
  readonly url: string
  /** Called once when Redis goes away, or is not there from the start. */
  readonly onLost?: (cause: Error) => void
  /** Called once when Redis answers after it was lost. */
  readonly onRestored?: () => void
  readonly connectTimeoutMs?: number
  readonly commandTimeoutMs?: number
}

export interface ConnectedStore extends Store {
  /** Whether the connection is up; `ping` tells whether Redis answers on it. */
  isUp(): boolean
  close(): Promise<void>
}

const MAX_RECONNECT_PAUSE_MS = 1000

/**
 * Connects and returns when Redis answered or the first attempt failed: a store that is away now
 * comes back by itself, and until then every call fails at once.
 */
export async function connectStore(options: ConnectOptions): Promise<ConnectedStore> {
  const { url, connectTimeoutMs = 1000, commandTimeoutMs = 1000 } = options
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    enableOfflineQueue: false,
    // A write that got no answer may have happened: only its caller knows whether to repeat it.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_PAUSE_MS),
  })
  const connection = { isClosing: false }
  watchConnection(redis, connection, options)
  // Whoever calls the store next sees the same failure, and `onLost` has told it.
  await redis.connect().catch(() => undefined)
  return {
    ...createStore({ redis, ...sourcesOf(options) }),
    isUp: () => redis.status === 'ready',
    async close() {
      connection.isClosing = true
      // QUIT lets pending replies arrive; where Redis does not answer there is nothing to wait for.
      await redis.quit().catch(() => redis.disconnect())
    },
  }
}

function sourcesOf({ clock, newId }: ConnectOptions): Partial<Sources> {
  return { ...(clock === undefined ? {} : { clock }), ...(newId === undefined ? {} : { newId }) }
}

function watchConnection(
  redis: Redis,
  connection: { readonly isClosing: boolean },
  { onLost, onRestored }: Pick<ConnectOptions, 'onLost' | 'onRestored'>,
): void {
  let isLost = false
  let lastError = new Error('The connection was closed')
  redis.on('error', (error: Error) => {
    lastError = error
  })
  redis.on('close', () => {
    if (isLost || connection.isClosing) return
    isLost = true
    onLost?.(lastError)
  })
  redis.on('ready', () => {
    if (isLost) onRestored?.()
    isLost = false
  })
}

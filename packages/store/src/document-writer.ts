import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { answered } from './answered.ts'
import { commit } from './commit.ts'
import type { Decision, DocumentKind } from './document-kind.ts'
import { StoreUnavailableError } from './errors.ts'
import { type Expectation, checkExpectation } from './expectation.ts'
import { channels } from './keys.ts'
import { etagOf } from './stored.ts'
import { createTurns } from './turns.ts'

/** Writers in other processes can come first this often before a write is given up. */
const MAX_ATTEMPTS = 20
/** Each pause is this much longer than the one before; without, the same writer would always win. */
const RETRY_PAUSE_MS = 5

type Write = <Result>(
  id: string,
  expected: Expectation | undefined,
  decide: (text: string | undefined) => Decision<Result>,
) => Promise<Result>

/**
 * Reads, decides and commits, again if somebody wrote in between. Writers of this process wait for
 * each other, so only other processes can come in between.
 */
export function createDocumentWriter(
  redis: Pick<Redis, 'get' | 'cirrusCommit'>,
  { name, keyOf }: Pick<DocumentKind<never, object>, 'name' | 'keyOf'>,
): Write {
  const inTurn = createTurns()
  return (id, expected, decide) =>
    inTurn(id, async () => {
      const resource = `${name}/${id}`
      const read = ['GET', keyOf(id)]
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const text = (await answered(redis.get(keyOf(id)))) ?? undefined
        checkExpectation(resource, text === undefined ? undefined : etagOf(text), expected)
        const { result, commands } = decide(text)
        if (commands === undefined) return result
        const guards = [{ read, expected: text }]
        const hint = { channel: channels.dirty, message: { resource } }
        if (await commit(redis, { guards, commands, hint })) return result
        await delay(attempt * RETRY_PAUSE_MS)
      }
      throw new StoreUnavailableError(`Too many writers change ${resource} at once`)
    })
}

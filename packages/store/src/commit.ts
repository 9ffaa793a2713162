import type { Redis, Result } from 'ioredis'
import { answered } from './answered.ts'
import { keys, streamLengths } from './keys.ts'

/** One Redis command: its name and arguments. */
export type Command = readonly string[]

/** A read whose answer must still be the one that the caller based its decision on. */
export interface Guard {
  readonly read: Command
  /** `undefined` where nothing was there. */
  readonly expected: string | undefined
}

/** A message that wakes subscribers; the script adds `seq`, the id of the last stream entry. */
export interface Hint {
  readonly channel: string
  readonly message: object
}

/** A change of state together with its traces. */
export interface Commit {
  readonly guards: readonly Guard[]
  /** In order: traces (audit, outbox) before state, so that no failure leaves state without them. */
  readonly commands: readonly Command[]
  readonly hint?: Hint
}

// Keys are not declared in KEYS: the store runs on one Redis, not on a cluster.
const commitScript = `
for _, guard in ipairs(cjson.decode(ARGV[1])) do
  if (redis.call(unpack(guard.read)) or '') ~= guard.expected then return 0 end
end
local seq = ''
for _, command in ipairs(cjson.decode(ARGV[2])) do
  local reply = redis.call(unpack(command))
  if command[1] == 'XADD' then seq = reply end
end
if ARGV[3] ~= '' then
  redis.call('PUBLISH', ARGV[3], string.sub(ARGV[4], 1, -2) .. ',"seq":"' .. seq .. '"}')
end
return 1`

declare module 'ioredis' {
  interface RedisCommander<Context> {
    cirrusCommit(
      guards: string,
      commands: string,
      channel: string,
      message: string,
    ): Result<number, Context>
  }
}

/** Teaches a connection the script that {@link commit} runs. */
export function defineCommit(redis: Redis): void {
  redis.defineCommand('cirrusCommit', { numberOfKeys: 0, lua: commitScript })
}

/**
 * Runs all commands atomically, or none when a guard no longer holds.
 *
 * @returns whether the commands ran
 */
export async function commit(
  redis: Pick<Redis, 'cirrusCommit'>,
  { guards, commands, hint }: Commit,
): Promise<boolean> {
  const texts = guards.map(({ read, expected = '' }) => ({ read, expected }))
  const done = await answered(
    redis.cirrusCommit(
      JSON.stringify(texts),
      JSON.stringify(commands),
      hint?.channel ?? '',
      JSON.stringify(hint?.message ?? {}),
    ),
  )
  return done === 1
}

/** Appends one JSON entry to a capped stream. */
export function append(stream: keyof typeof streamLengths, field: string, entry: object): Command {
  const length = String(streamLengths[stream])
  return ['XADD', keys[stream], 'MAXLEN', '~', length, '*', field, JSON.stringify(entry)]
}

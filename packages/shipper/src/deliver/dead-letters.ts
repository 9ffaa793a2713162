import { open, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reason } from '../tally.ts'
import type { Entry } from './rejection.ts'

export interface DeadLetter {
  /** Labels as a JSON object. */
  readonly stream: string
  readonly entries: readonly Entry[]
  readonly reason: Reason
  /** What the log store said. */
  readonly answer: string
}

/** Keeps refused lines with the reason, for a person to look at. */
export interface DeadLetters {
  write(letter: DeadLetter): Promise<void>
}

const FILE = 'dead-letter.ndjson'
const MAX_BYTES = 16 * 1024 * 1024

/** Writes to `dead-letter.ndjson`; when that is full it becomes `dead-letter.ndjson.1`. */
export function createDeadLetters(directory: string, clock: () => number): DeadLetters {
  const path = join(directory, FILE)
  return {
    async write({ stream, entries, reason, answer }) {
      const time = new Date(clock()).toISOString()
      const lines = entries.map(([ns, line, metadata]) =>
        JSON.stringify({ time, reason, answer, stream: JSON.parse(stream), ns, line, metadata }),
      )
      const size = await stat(path).then(
        (stats) => stats.size,
        () => 0,
      )
      if (size > MAX_BYTES) await rename(path, `${path}.1`)
      const file = await open(path, 'a')
      try {
        await file.appendFile(`${lines.join('\n')}\n`)
        await file.datasync()
      } finally {
        await file.close()
      }
    },
  }
}

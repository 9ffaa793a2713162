import { parseTimeNs } from '../parse/log-time.ts'
import type { Reason } from '../tally.ts'

/** One encoded entry: stamp, line, metadata. */
export type Entry = readonly [ns: string, line: string, metadata: Readonly<Record<string, string>>]

export function parseEntries(entries: string): Entry[] {
  // What this program encoded itself, and the spool checked.
  return JSON.parse(`[${entries}]`) as Entry[]
}

/** What a refusal says of the lines of a push. */
export interface Verdict {
  /** Will never be taken. */
  readonly refused: readonly Entry[]
  /** To be sent again, each on its own. */
  readonly retry: readonly (readonly Entry[])[]
}

/**
 * Finds the lines that a refusal is about: by the age it names, else by halving. Loki may have
 * stored the others.
 */
export function judge(entries: readonly Entry[], answer: string): Verdict {
  if (entries.length <= 1) return { refused: entries, retry: [] }
  const oldestNs = oldestAcceptable(answer)
  const isTooOld = ([ns]: Entry): boolean => oldestNs !== undefined && BigInt(ns) < oldestNs
  const refused = entries.filter(isTooOld)
  const rest = entries.filter((entry) => !isTooOld(entry))
  if (refused.length > 0) return { refused, retry: rest.length > 0 ? [rest] : [] }
  const middle = Math.ceil(entries.length / 2)
  return { refused, retry: [entries.slice(0, middle), entries.slice(middle)] }
}

function oldestAcceptable(answer: string): bigint | undefined {
  const [, time] = /oldest acceptable timestamp is: (\S+?)[,'\s]/.exec(`${answer} `) ?? []
  return time === undefined ? undefined : parseTimeNs(time)
}

/** Why Loki refused lines. */
export function reasonOf(answer: string): Reason {
  if (/too old|too far behind/.test(answer)) return 'too_old'
  if (answer.includes('too new')) return 'too_new'
  return /max entry size|too large/.test(answer) ? 'too_large' : 'rejected'
}

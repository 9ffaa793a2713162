import { type LabelValues, labels, type shipperMetrics } from '@cirrus/catalog'

/** Where a line ended, and why. */
export type Ending = LabelValues<typeof shipperMetrics.lines>

export type Outcome = Ending['outcome']
export type Reason = Ending['reason']

interface Counted extends Ending {
  readonly lines: number
}

const PREFIX = 'lines:'

/** How many lines ended where. As notes of the spool it outlives the process. */
export class Tally {
  readonly #counts = new Map<string, Counted>()

  static fromNotes(notes: ReadonlyMap<string, string>): Tally {
    const tally = new Tally()
    for (const outcome of labels.lineOutcome.values ?? []) {
      for (const reason of labels.lineReason.values ?? []) {
        tally.add({ outcome, reason }, Number(notes.get(noteName({ outcome, reason })) ?? 0))
      }
    }
    return tally
  }

  add({ outcome, reason }: Ending, lines = 1): void {
    if (lines === 0) return
    const name = noteName({ outcome, reason })
    const before = this.#counts.get(name)?.lines ?? 0
    this.#counts.set(name, { outcome, reason, lines: before + lines })
  }

  addAll(other: Tally): void {
    for (const counted of other.counts) this.add(counted, counted.lines)
  }

  /** Moves at most so many lines to a tally of their own. */
  take(limit: number): Tally {
    const part = new Tally()
    for (const { outcome, reason, lines } of this.counts) {
      const taken = Math.min(lines, limit - part.total)
      part.add({ outcome, reason }, taken)
      this.add({ outcome, reason }, -taken)
    }
    return part
  }

  get counts(): readonly Counted[] {
    return [...this.#counts.values()]
  }

  get total(): number {
    return this.counts.reduce((sum, { lines }) => sum + lines, 0)
  }

  /** Lines of one outcome by reason. */
  reasons(outcome: Outcome): Readonly<Record<string, number>> {
    const counts = this.counts.filter((counted) => counted.outcome === outcome)
    return Object.fromEntries(counts.map(({ reason, lines }) => [reason, lines]))
  }

  toNotes(): Map<string, string> {
    return new Map(this.counts.map((counted) => [noteName(counted), String(counted.lines)]))
  }
}

function noteName({ outcome, reason }: Ending): string {
  return `${PREFIX}${outcome}:${reason}`
}

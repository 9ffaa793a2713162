import { type Environment, type LogSource, logSources } from '@cirrus/catalog'
import type { Batch, Notes, Spool } from '@cirrus/spool'
import type { Input, RawLine, Reading } from './inputs/input.ts'
import { msToNs } from './parse/log-time.ts'
import { type ParsedLine, parseLine } from './parse/parse-line.ts'
import { createChunks, encodeChunks } from './streams/chunk.ts'
import { foldLabels } from './streams/fold-labels.ts'
import { StreamTable } from './streams/stream-table.ts'
import { type Reason, Tally } from './tally.ts'
import type { Telemetry } from './telemetry.ts'

export interface IntakeOptions {
  readonly inputs: readonly Input[]
  readonly spool: Spool
  readonly env: Environment
  readonly telemetry: Telemetry
  readonly clock: () => number
}

/** Lines on their way to the spool, as one batch. */
interface Prepared {
  readonly batch: Batch
  readonly read: ReadonlyMap<LogSource, number>
  readonly dropped: Tally
}

const DAY_NS = msToNs(24 * 60 * 60 * 1000)
/** Loki refuses lines older than seven days; an hour is left for the delivery. */
const MAX_AGE_NS = 7n * DAY_NS - DAY_NS / 24n
/** A clock that is further ahead than this is wrong; Loki's own limit is ten minutes. */
const MAX_AHEAD_NS = msToNs(60 * 1000)
const READ_NOTE = 'lines:read'

/** Takes lines from the inputs to the spool, each exactly once if its input can be read again. */
export class Intake {
  readonly #options: IntakeOptions
  readonly #streams: StreamTable
  /** What the spool had no room for. */
  #held: Prepared | undefined

  constructor(options: IntakeOptions) {
    const { spool, clock } = options
    this.#options = options
    this.#streams = new StreamTable(spool.notes, msToNs(clock()))
  }

  /** Lines taken from the inputs, ever: counted by the notes of the spool, as entries are. */
  get read(): number {
    return Number(this.#options.spool.notes.get(READ_NOTE) ?? 0)
  }

  get dropped(): Tally {
    return Tally.fromNotes(this.#options.spool.notes)
  }

  get hasEnded(): boolean {
    return this.#held === undefined && this.#options.inputs.every(({ hasEnded }) => hasEnded)
  }

  /**
   * Takes what the inputs have, about a mebibyte at most.
   *
   * @returns `idle` when there was no more, `blocked` when the spool was full: nothing else is read
   *   until it has room
   */
  async step(): Promise<'more' | 'idle' | 'blocked'> {
    let isMore = true
    if (this.#held === undefined) {
      const readings = await Promise.all(this.#options.inputs.map((input) => input.read()))
      isMore = readings.some((reading) => reading.isMore)
      this.#held = this.#prepare(readings)
    }
    if (this.#held === undefined) return isMore ? 'more' : 'idle'
    const { spool, telemetry } = this.#options
    if ((await spool.append(this.#held.batch)) === 'full') {
      telemetry.spoolFull(spool.bytes)
      return 'blocked'
    }
    this.#count(this.#held)
    this.#held = undefined
    return isMore ? 'more' : 'idle'
  }

  #count({ read, dropped }: Prepared): void {
    const { metrics } = this.#options.telemetry
    for (const [service, lines] of read) metrics.linesRead.inc({ service }, lines)
    this.#options.telemetry.ended(dropped)
  }

  #prepare(readings: readonly Reading[]): Prepared | undefined {
    const raws = readings.flatMap(({ lines }) => lines)
    const positions = new Map(readings.flatMap(({ notes }) => [...notes]))
    if (raws.length === 0 && positions.size === 0) return undefined
    const dropped = new Tally()
    const byStream = this.#sort(raws, (reason) => dropped.add({ outcome: 'dropped', reason }))
    const chunks = [...byStream].flatMap(([stream, lines]) => this.#stamp(stream, lines))
    return {
      batch: {
        count: raws.length - dropped.total,
        payload: encodeChunks(chunks),
        notes: this.#notes(positions, byStream.keys(), { dropped, read: raws.length }),
      },
      read: countBySource(raws),
      dropped,
    }
  }

  /** Parses lines and sorts them into streams. */
  #sort(raws: readonly RawLine[], drop: (reason: Reason) => void): Map<string, ParsedLine[]> {
    const { env, clock, telemetry } = this.#options
    const nowMs = clock()
    const nowNs = msToNs(nowMs)
    const onFold = telemetry.folded.bind(telemetry)
    const isKnownDomain = (name: string): boolean => this.#streams.hasDomain(name)
    const byStream = new Map<string, ParsedLine[]>()
    for (const raw of raws) {
      const line = parseLine(raw, { nowMs, env, isKnownDomain })
      if (typeof line === 'string') drop(line)
      else if (line.timeNs < nowNs - MAX_AGE_NS) drop('too_old')
      else {
        const key = this.#streams.admit(foldLabels(line.labels, onFold), nowNs, onFold)
        const lines = byStream.get(key) ?? []
        lines.push(line.timeNs > nowNs + MAX_AHEAD_NS ? { ...line, timeNs: nowNs } : line)
        byStream.set(key, lines)
      }
    }
    return byStream
  }

  /** Several inputs may feed one stream: in order of time the stamps stay closest to it. */
  #stamp(stream: string, lines: readonly ParsedLine[]): ReturnType<typeof createChunks> {
    const inOrder = lines.toSorted((a, b) => Number(a.timeNs - b.timeNs))
    const stamped = inOrder.map(({ timeNs, line, metadata }) => ({
      ns: this.#streams.stamp(stream, timeNs),
      line,
      metadata,
    }))
    return createChunks(stream, stamped)
  }

  #notes(
    positions: Notes,
    streams: Iterable<string>,
    { dropped, read }: { readonly dropped: Tally; readonly read: number },
  ): Notes {
    const sum = this.dropped
    sum.addAll(dropped)
    return new Map<string, string | undefined>([
      ...positions,
      ...this.#streams.takeNotes(streams),
      ...sum.toNotes(),
      [READ_NOTE, String(this.read + read)],
    ])
  }
}

function countBySource(raws: readonly RawLine[]): ReadonlyMap<LogSource, number> {
  return new Map(
    logSources.map((source) => [source, raws.filter(({ service }) => service === source).length]),
  )
}

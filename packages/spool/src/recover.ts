import { type Damage, setAside } from './damage.ts'
import type { SpoolFileSystem } from './file-system.ts'
import { applyNotes } from './notes.ts'
import { type StoredRecord, findRecord } from './record.ts'
import { type Segment, listSegments } from './segment.ts'
import type { Table } from './table-file.ts'

/** What a folder holds when it is opened. */
export interface Recovered {
  readonly segments: readonly Segment[]
  readonly notes: Map<string, string>
  /** The last record ever appended and the number of entries up to it. */
  readonly sequence: number
  readonly entries: number
  /** The first record still there, if any. */
  readonly first: StoredRecord | undefined
  readonly damagedBytes: number
}

interface Scan {
  readonly records: readonly StoredRecord[]
  readonly damage: readonly Damage[]
  /** End of the last intact record. */
  readonly end: number
}

/**
 * Reads every segment and sets damaged bytes aside.
 *
 * A torn tail was never confirmed to its source, which therefore sends it again. It stays where it
 * is: segments of an earlier process are only read.
 */
export async function recover(
  fileSystem: SpoolFileSystem,
  directory: string,
  checkpoint: Table | undefined,
): Promise<Recovered> {
  const notes = new Map<string, string>()
  applyNotes(notes, checkpoint?.notes ?? new Map())
  const segments: Segment[] = []
  let { sequence, entries } = checkpoint ?? { sequence: 0, entries: 0 }
  let first: StoredRecord | undefined
  let damagedBytes = 0
  for (const path of await listSegments(fileSystem, directory)) {
    const scan = scanSegment(path, await fileSystem.readFile(path))
    for (const damage of scan.damage) await setAside(fileSystem, directory, damage)
    for (const record of scan.records) {
      if (record.sequence <= sequence) continue
      applyNotes(notes, record.notes)
      sequence = record.sequence
      entries = record.firstEntry + record.count
    }
    damagedBytes += scan.damage.reduce((sum, { bytes }) => sum + bytes.length, 0)
    first ??= scan.records[0]
    const last = scan.records.at(-1)
    if (last) segments.push({ path, lastSequence: last.sequence, bytes: scan.end })
    else await fileSystem.rm(path, { force: true })
  }
  return { segments, notes, sequence, entries, first, damagedBytes }
}

function scanSegment(segment: string, bytes: Buffer): Scan {
  const records: StoredRecord[] = []
  const damage: Damage[] = []
  let end = 0
  for (let found = findRecord(bytes, 0); found; found = findRecord(bytes, end)) {
    if (found.start > end) {
      damage.push({ segment, offset: end, bytes: bytes.subarray(end, found.start) })
    }
    records.push(found.record)
    end = found.end
  }
  if (end < bytes.length) damage.push({ segment, offset: end, bytes: bytes.subarray(end) })
  return { records, damage, end }
}

import { crc32 } from 'node:zlib'
import { type Notes, decodeNotes, encodeNotes } from './notes.ts'

/** What a source hands over in one piece: entries, and the facts that change with them. */
export interface Batch {
  /** How many entries the payload holds. */
  readonly count: number
  readonly payload: Buffer
  /** For example how far a file was read; kept or lost together with the payload. */
  readonly notes?: Notes
}

/** A batch as it stands on disk. */
export interface StoredRecord {
  /** Ascending by one, from 1. */
  readonly sequence: number
  /** How many entries were ever appended before this record's. */
  readonly firstEntry: number
  readonly count: number
  readonly payload: Buffer
  readonly notes: Notes
}

interface Placement {
  readonly sequence: number
  readonly firstEntry: number
}

// Header, big endian: magic u32, CRC-32 of all that follows u32, sequence u64, first entry u64,
// count u32, length of notes u32, length of payload u32.
const MAGIC = Buffer.from('CSP1', 'latin1')
const CHECKED_FROM = 8
const HEADER_BYTES = 36

/** How many bytes a batch takes on disk. */
export function recordBytes({ payload, notes = new Map() }: Batch): number {
  return HEADER_BYTES + Buffer.byteLength(encodeNotes(notes)) + payload.length
}

export function encodeRecord(batch: Batch, { sequence, firstEntry }: Placement): Buffer {
  const notes = Buffer.from(encodeNotes(batch.notes ?? new Map()))
  const record = Buffer.concat([Buffer.alloc(HEADER_BYTES), notes, batch.payload])
  MAGIC.copy(record)
  record.writeBigUInt64BE(BigInt(sequence), 8)
  record.writeBigUInt64BE(BigInt(firstEntry), 16)
  record.writeUInt32BE(batch.count, 24)
  record.writeUInt32BE(notes.length, 28)
  record.writeUInt32BE(batch.payload.length, 32)
  record.writeUInt32BE(crc32(record.subarray(CHECKED_FROM)), 4)
  return record
}

interface FoundRecord {
  readonly record: StoredRecord
  /** Where its bytes start and end. */
  readonly start: number
  readonly end: number
}

/** The first intact record at or after `from`; whatever lies before it is damaged. */
export function findRecord(bytes: Buffer, from: number): FoundRecord | undefined {
  for (let start = from; start >= 0; start = bytes.indexOf(MAGIC, start + 1)) {
    const end = endOfRecord(bytes, start)
    if (end !== undefined) return { record: decodeRecord(bytes, start, end), start, end }
  }
  return undefined
}

function endOfRecord(bytes: Buffer, start: number): number | undefined {
  if (start + HEADER_BYTES > bytes.length) return undefined
  if (!bytes.subarray(start, start + MAGIC.length).equals(MAGIC)) return undefined
  const end = start + HEADER_BYTES + bytes.readUInt32BE(start + 28) + bytes.readUInt32BE(start + 32)
  if (end > bytes.length) return undefined
  const sum = crc32(bytes.subarray(start + CHECKED_FROM, end))
  return sum === bytes.readUInt32BE(start + 4) ? end : undefined
}

function decodeRecord(bytes: Buffer, start: number, end: number): StoredRecord {
  const notesStart = start + HEADER_BYTES
  const payloadStart = notesStart + bytes.readUInt32BE(start + 28)
  return {
    sequence: Number(bytes.readBigUInt64BE(start + 8)),
    firstEntry: Number(bytes.readBigUInt64BE(start + 16)),
    count: bytes.readUInt32BE(start + 24),
    notes: decodeNotes(bytes.toString('utf8', notesStart, payloadStart)),
    payload: bytes.subarray(payloadStart, end),
  }
}

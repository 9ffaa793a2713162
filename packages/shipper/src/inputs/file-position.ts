/** How far a file was read. */
export interface FilePosition {
  /** Where it was first listed: says whose lines it holds. What identifies it is device and inode. */
  readonly path: string
  readonly offset: number
  /** How the file begins: tells a truncated file, or another one with the same inode. */
  readonly head: { readonly bytes: number; readonly crc: number }
  /** Whether the rest of a line that is too long follows. */
  readonly isSkipping: boolean
  /** Read beginnings of unfinished lines, where the format cuts lines into parts. */
  readonly pending: Readonly<Record<string, string>>
}

export function startOfFile(path: string): FilePosition {
  return { path, offset: 0, head: { bytes: 0, crc: 0 }, isSkipping: false, pending: {} }
}

const PREFIX = 'file:'

/** Names a file in the notes of the spool. */
export function fileKey({ dev, ino }: { readonly dev: number; readonly ino: number }): string {
  return `${PREFIX}${dev}:${ino}`
}

export function encodePosition(position: FilePosition): string {
  return JSON.stringify(position)
}

/** The positions among the notes of a spool. */
export function decodePositions(notes: ReadonlyMap<string, string>): Map<string, FilePosition> {
  return new Map(
    [...notes]
      .filter(([key]) => key.startsWith(PREFIX))
      // The spool checks sums and only this module writes these notes.
      .map(([key, text]) => [key, JSON.parse(text) as FilePosition]),
  )
}

import { MAX_LINE_BYTES } from './input.ts'

export interface Split {
  /** `undefined` stands for a line that is too long. */
  readonly lines: readonly (string | undefined)[]
  /** Bytes that are done with; an unfinished line after them has to be offered again, longer. */
  readonly consumed: number
  /** Whether the rest of a line that is too long is still to come. */
  readonly isSkipping: boolean
}

const NEWLINE = 0x0a

/** Cuts bytes into lines. Bytes that are no UTF-8 become U+FFFD. */
export function splitLines(bytes: Buffer, wasSkipping: boolean): Split {
  const lines: (string | undefined)[] = []
  let isSkipping = wasSkipping
  let start = 0
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    if (!isSkipping) lines.push(decodeLine(bytes.subarray(start, end)))
    isSkipping = false
    start = end + 1
  }
  const restBytes = bytes.length - start
  if (!isSkipping && restBytes <= MAX_LINE_BYTES) return { lines, consumed: start, isSkipping }
  if (!isSkipping) lines.push(undefined)
  return { lines, consumed: bytes.length, isSkipping: true }
}

function decodeLine(bytes: Buffer): string | undefined {
  return bytes.length > MAX_LINE_BYTES ? undefined : bytes.toString('utf8')
}

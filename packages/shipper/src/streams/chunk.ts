/** Consecutive lines of one stream, encoded once: every push of them has the same bytes. */
export interface Chunk {
  /** Labels as a JSON object. */
  readonly stream: string
  readonly count: number
  /** `["<ns>","<line>",{<metadata>}]`, joined by commas. */
  readonly entries: string
}

/** One line, ready to be sent. */
export interface StampedLine {
  readonly ns: bigint
  readonly line: string
  readonly metadata: Readonly<Record<string, string>>
}

export const MAX_CHUNK_LINES = 1000
/** Length of the text; Loki can be told to refuse larger pushes. */
export const MAX_CHUNK_LENGTH = 1024 * 1024

/** Puts lines of a stream into chunks within the limits of a push. */
export function createChunks(stream: string, lines: readonly StampedLine[]): Chunk[] {
  const chunks: Chunk[] = []
  let entries: string[] = []
  let length = 0
  for (const { ns, line, metadata } of lines) {
    const entry = `["${ns}",${JSON.stringify(line)},${JSON.stringify(metadata)}]`
    if (
      entries.length === MAX_CHUNK_LINES ||
      (length > 0 && length + entry.length > MAX_CHUNK_LENGTH)
    ) {
      chunks.push({ stream, count: entries.length, entries: entries.join(',') })
      entries = []
      length = 0
    }
    entries.push(entry)
    length += entry.length + 1
  }
  if (entries.length > 0) chunks.push({ stream, count: entries.length, entries: entries.join(',') })
  return chunks
}

// JSON text holds neither raw tabs nor raw newlines: they can separate.
export function encodeChunks(chunks: readonly Chunk[]): Buffer {
  return Buffer.from(
    chunks.map(({ stream, count, entries }) => `${stream}\t${count}\t${entries}`).join('\n'),
  )
}

export function decodeChunks(payload: Buffer): Chunk[] {
  if (payload.length === 0) return []
  return payload
    .toString('utf8')
    .split('\n')
    .map((text) => {
      const [stream = '', count = '', entries = ''] = text.split('\t')
      return { stream, count: Number(count), entries }
    })
}

/** When the first line of a chunk was stamped. */
export function firstStampNs({ entries }: Chunk): bigint {
  return BigInt(entries.slice(2, entries.indexOf('"', 2)))
}

/** As many chunks from the front as fit one push; at least one. */
export function takeMergeable<C extends Chunk>(chunks: C[]): C[] {
  let count = 0
  let length = 0
  const end = chunks.findIndex((chunk, index) => {
    count += chunk.count
    length += chunk.entries.length + 1
    return index > 0 && (count > MAX_CHUNK_LINES || length > MAX_CHUNK_LENGTH)
  })
  return chunks.splice(0, end < 0 ? chunks.length : end)
}

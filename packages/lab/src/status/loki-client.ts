import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { readJson } from './read-json.ts'

const streamsSchema = Type.Object({
  data: Type.Object({
    result: Type.Array(
      Type.Object({ values: Type.Array(Type.Tuple([Type.String(), Type.String()])) }),
    ),
  }),
})

/** What a line of ours may hold; anything else is shown as it is. */
const lineSchema = Type.Object({
  level: Type.Optional(Type.String()),
  msg: Type.Optional(Type.String()),
  event: Type.Optional(Type.String()),
  method: Type.Optional(Type.String()),
  path: Type.Optional(Type.String()),
  status: Type.Optional(Type.Number()),
  cache: Type.Optional(Type.String()),
  duration: Type.Optional(Type.Number()),
  bytes_out: Type.Optional(Type.Number()),
  node: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
})

export interface LogLine {
  readonly timeMs: number
  readonly level: string
  /** Of an access line; absent for all others. */
  readonly request?: {
    readonly method: string
    readonly path: string
    readonly status: number
    readonly cache: string
    readonly durationSeconds: number | undefined
    readonly node: string
  }
  readonly text: string
}

const NANOSECONDS_PER_MS = 1_000_000n

/** The newest lines of a query, newest first; `undefined` when Loki does not answer. */
export async function newestLines(
  url: string,
  query: string,
  { limit, endMs }: { readonly limit: number; readonly endMs: number },
): Promise<readonly LogLine[] | undefined> {
  const parameters = new URLSearchParams({
    query,
    limit: String(limit),
    direction: 'backward',
    start: String(BigInt(Math.floor(endMs - 3_600_000)) * NANOSECONDS_PER_MS),
    end: String(BigInt(Math.floor(endMs)) * NANOSECONDS_PER_MS),
  })
  const answer = await readJson(streamsSchema, `${url}/loki/api/v1/query_range?${parameters}`)
  return answer?.data.result
    .flatMap(({ values }) => values.map(([time, text]) => toLogLine(time, text)))
    .toSorted((a, b) => b.timeMs - a.timeMs)
    .slice(0, limit)
}

function toLogLine(nanoseconds: string, text: string): LogLine {
  const timeMs = Number(BigInt(nanoseconds) / NANOSECONDS_PER_MS)
  const fields = parseFields(text)
  if (!Value.Check(lineSchema, fields)) return { timeMs, level: 'info', text }
  const { level = 'info', method, path, status, cache, duration, node } = fields
  const said = [fields.msg ?? fields.event ?? text, fields.reason].filter(Boolean).join(': ')
  if (method === undefined || path === undefined || status === undefined) {
    return { timeMs, level, text: said }
  }
  const request = {
    method,
    path,
    status,
    cache: cache ?? '',
    durationSeconds: duration,
    node: node ?? '',
  }
  return { timeMs, level, text: said, request }
}

function parseFields(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

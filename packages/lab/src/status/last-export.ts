import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

const traffic = {
  requests: Type.Number(),
  page_views: Type.Number(),
  unique_visitors: Type.Number(),
  hit_ratio: Type.Union([Type.Number(), Type.Null()]),
  bytes_out: Type.Number(),
  cost: Type.String(),
}

/** What the page shows of the report that `cirrus export` leaves behind. */
const schema = Type.Object({
  time: Type.String(),
  start: Type.String(),
  end: Type.String(),
  rows: Type.Number(),
  unreadable_lines: Type.Number(),
  incomplete: Type.Array(Type.Unknown()),
  total: Type.Object(traffic),
  domains: Type.Array(Type.Object({ domain: Type.String(), ...traffic })),
})

export type ExportReport = Readonly<Static<typeof schema>>

/** The outcome of the last export of this lab, if there was one. */
export async function readLastExport(directory: string): Promise<ExportReport | undefined> {
  try {
    const text = await readFile(join(directory, 'warehouse/last-export.json'), 'utf8')
    const value: unknown = JSON.parse(text)
    return Value.Check(schema, value) ? value : undefined
  } catch {
    return undefined
  }
}

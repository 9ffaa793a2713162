import { type Static, Type } from 'typebox'
import { readJson } from './read-json.ts'

const schema = Type.Object({
  read: Type.Number(),
  delivered: Type.Number(),
  dropped: Type.Record(Type.String(), Type.Number()),
  dead: Type.Record(Type.String(), Type.Number()),
  waiting: Type.Number(),
  unaccounted: Type.Number(),
  spoolBytes: Type.Number(),
  lagSeconds: Type.Number(),
})

/** Where every log line is: read = delivered + dropped + dead + waiting. */
export type ShipperCounts = Readonly<Static<typeof schema>>

export function readShipperCounts(url: string): Promise<ShipperCounts | undefined> {
  return readJson(schema, `${url}/status`)
}

/** What a column holds, in words that every engine has. Times are instants, stored in UTC. */
export type ColumnType = 'text' | 'bigint' | 'double' | 'timestamp'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly description: string
}

/** One table of the warehouse. */
export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** The bigint column, nanoseconds since 1970, by which the table is written in windows. */
  readonly windowColumn: string
}

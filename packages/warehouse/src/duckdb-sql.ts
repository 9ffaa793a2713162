import type { Slice } from './batch.ts'
import type { ColumnType, Table } from './table.ts'

const sqlTypes = {
  text: 'VARCHAR',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  timestamp: 'TIMESTAMPTZ',
} as const satisfies Record<ColumnType, string>

/** A view of all live rows; empty, yet with all its columns, where there is no file. */
export function createTableView(table: Table, files: readonly string[]): string {
  const columns = table.columns.map(
    ({ name, type }) => `NULL::${sqlTypes[type]} AS ${quoteName(name)}`,
  )
  const empty = `SELECT ${columns.join(', ')} WHERE false`
  const rows = files.length === 0 ? '' : ` UNION ALL BY NAME ${selectFiles(files)}`
  return `CREATE OR REPLACE VIEW ${quoteName(table.name)} AS ${empty}${rows}`
}

/** Rows of an NDJSON file; columns are named, since guessing them depends on the sample. */
export function selectRowsFile(table: Table, file: string): string {
  const columns = table.columns.map(({ name, type }) => `${quoteName(name)}: '${sqlTypes[type]}'`)
  return (
    `SELECT * FROM read_json(${quoteText(file)}, format = 'newline_delimited', ` +
    `columns = {${columns.join(', ')}})`
  )
}

/** Rows of a Parquet file that are not in a slice. */
export function selectOutside(table: Table, slice: Slice, file: string): string {
  const time = quoteName(table.windowColumn)
  const inside = [
    `${time} >= ${slice.window.startNs}`,
    `${time} < ${slice.window.endNs}`,
    ...Object.entries(slice.equals).map(
      ([name, value]) => `${quoteName(name)} IS NOT DISTINCT FROM ${quoteText(value)}`,
    ),
  ]
  return `${selectFiles([file])} WHERE NOT (${inside.join(' AND ')})`
}

/** How many rows of an NDJSON file are not in a slice. */
export function countOutside(table: Table, slice: Slice, file: string): string {
  return `SELECT count(*) AS n FROM (${selectOutside(table, slice, file)})`
}

/** Sorted by every column: the same rows give the same bytes, in whatever order they came. */
export function copyToParquet(select: string, file: string): string {
  return `COPY (${select} ORDER BY ALL) TO ${quoteText(file)} (FORMAT parquet, COMPRESSION zstd)`
}

function selectFiles(files: readonly string[]): string {
  return `SELECT * FROM read_parquet([${files.map(quoteText).join(', ')}], union_by_name = true)`
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

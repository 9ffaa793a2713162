/** A stretch of time, start included, end excluded; nanoseconds since 1970. */
export interface Window {
  readonly startNs: bigint
  readonly endNs: bigint
}

/** The part of a table that a batch stands for: a window, and values that its rows all share. */
export interface Slice {
  readonly window: Window
  readonly equals: Readonly<Record<string, string>>
}

/** All rows of a slice. */
export interface Batch {
  readonly table: string
  readonly slice: Slice
  /** File of one JSON object a line, keyed by column name. */
  readonly rowsFile: string
  /** How many rows the file must hold; a batch with any other number is refused. */
  readonly rowCount: number
}

export function overlaps(a: Slice, b: Slice): boolean {
  const inTime = a.window.startNs < b.window.endNs && b.window.startNs < a.window.endNs
  return inTime && Object.entries(a.equals).every(([name, value]) => mayEqual(b, name, value))
}

/** Whether every row of `inner` is a row of `outer`. */
export function contains(outer: Slice, inner: Slice): boolean {
  const inTime =
    outer.window.startNs <= inner.window.startNs && inner.window.endNs <= outer.window.endNs
  return (
    inTime && Object.entries(outer.equals).every(([name, value]) => inner.equals[name] === value)
  )
}

function mayEqual({ equals }: Slice, name: string, value: string): boolean {
  return equals[name] === undefined || equals[name] === value
}

import type { Place } from '../source/source-file.ts'

/** Something in a file that keeps it from being read as it was meant. */
export interface Fault {
  readonly place: Place
  readonly what: string
  readonly mend: string
}

import type { Files } from './wanted-files.ts'

/** A file that is not as the sources say. */
export type Drift =
  | {
      readonly kind: 'stale'
      readonly path: string
      readonly found: string
      readonly wanted: string
    }
  | { readonly kind: 'missing'; readonly path: string; readonly wanted: string }
  | { readonly kind: 'orphaned'; readonly path: string; readonly found: string }

/** Compares what is there with what should be; sorted by path. */
export function findDrift(wanted: Files, found: Files): readonly Drift[] {
  const paths = [...new Set([...wanted.keys(), ...found.keys()])].toSorted()
  return paths.flatMap((path) => compare(path, wanted.get(path), found.get(path)))
}

function compare(
  path: string,
  wanted: string | undefined,
  found: string | undefined,
): readonly Drift[] {
  if (wanted === found) return []
  if (wanted !== undefined && found !== undefined) return [{ kind: 'stale', path, found, wanted }]
  if (wanted !== undefined) return [{ kind: 'missing', path, wanted }]
  return found === undefined ? [] : [{ kind: 'orphaned', path, found }]
}

import { createTwoFilesPatch } from 'diff'
import type { Drift } from './find-drift.ts'

const MAX_LINES_PER_FILE = 80

/** Drift for a reviewer: what is wrong with which file, and the difference where there is one. */
export function describeDrift(drifts: readonly Drift[]): string {
  const count = drifts.length === 1 ? '1 generated file is' : `${drifts.length} generated files are`
  return [
    ...drifts.map(describeFile),
    `${count} not as the sources say: run "npm run generate" and commit the result.`,
    '',
  ].join('\n')
}

function describeFile(drift: Drift): string {
  const heading = `${drift.kind}: ${drift.path}`
  if (drift.kind === 'orphaned') return `${heading} (no source makes it any more)`
  if (drift.kind === 'missing') return heading
  const { path, found, wanted } = drift
  const patch = createTwoFilesPatch(path, path, found, wanted, 'on disk', 'from source')
  const lines = patch.trimEnd().split('\n').slice(1)
  const rest = lines.length - MAX_LINES_PER_FILE
  const cut = rest > 0 ? [`… ${rest} more lines`] : []
  return [heading, ...lines.slice(0, MAX_LINES_PER_FILE), ...cut, ''].join('\n')
}

import type { Finding } from './finding.ts'
import type { Place, SourceFile } from './source/source-file.ts'

/** A finding that somebody has decided to live with, and why. */
export interface Suppression {
  readonly check: string
  /** Path of the files; `*` stands for anything but a slash, `**` for anything. All files without it. */
  readonly file?: string | undefined
  /** Part of what the finding says. */
  readonly match?: string | undefined
  readonly reason: string
  /** Lines it is about, first and last; all without it. */
  readonly lines?: readonly [number, number]
  /** Where it is written. */
  readonly place: Place
}

const comment = /#\s*cirrus-check:\s*disable=([\w,-]+)(?:\s+reason=("[^"]*"|\S+))?/

/** Comments `# cirrus-check: disable=<check> reason="…"`, each about the block that follows it. */
export function inlineSuppressions({ path, text }: SourceFile): readonly Suppression[] {
  if (!text.includes('cirrus-check:')) return []
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const match = comment.exec(line)
    if (!match) return []
    const first = line.trimStart().startsWith('#') ? nextBlock(lines, index) : index
    const place = { file: path, line: index + 1, column: match.index + 1 }
    const reason = (match[2] ?? '').replace(/^"|"$/g, '').trim()
    const range = [first + 1, endOfBlock(lines, first) + 1] as const
    return (match[1] ?? '')
      .split(',')
      .map((check): Suppression => ({ check, file: path, reason, lines: range, place }))
  })
}

function nextBlock(lines: readonly string[], from: number): number {
  const next = lines.findIndex((line, index) => index > from && /^\s*[^\s#]/.test(line))
  return next < 0 ? from : next
}

/** The last line that is indented deeper than the first, or lists what the first names. */
function endOfBlock(lines: readonly string[], first: number): number {
  const start = lines[first] ?? ''
  const indent = indentOf(start)
  const isItem = start.trimStart().startsWith('- ')
  const end = lines.findIndex(
    (line, index) =>
      index > first &&
      line.trim() !== '' &&
      (indentOf(line) < indent ||
        (indentOf(line) === indent && (isItem || !line.trimStart().startsWith('- ')))),
  )
  return (end < 0 ? lines.length : end) - 1
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** Whether a suppression is about a finding. */
export function covers(suppression: Suppression, finding: Finding): boolean {
  const { check, file, match, lines } = suppression
  return (
    check === finding.check &&
    (file === undefined || isPathLike(finding.file, file)) &&
    (match === undefined || finding.what.includes(match)) &&
    (lines === undefined || (finding.line >= lines[0] && finding.line <= lines[1]))
  )
}

/** Whether a path fits a pattern with `*` and `**`. */
export function isPathLike(path: string, pattern: string): boolean {
  if (path === pattern) return true
  const source = pattern
    .split(/(\*\*\/|\*\*|\*)/)
    .map((part) => wildcards[part] ?? part.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
    .join('')
  return new RegExp(`^${source}$`).test(path)
}

const wildcards: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' }

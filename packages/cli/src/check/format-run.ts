import { readFile, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { formatJunit } from './format-junit.ts'
import { formatSarif } from './format-sarif.ts'
import { formatText } from './format-text.ts'
import { type CheckRun, shownFindings } from './run-check.ts'

/**
 * Prints what was found.
 *
 * @param root the checkout, with the pages of the checks, which SARIF carries
 */
export async function formatRun(
  run: CheckRun,
  as: 'text' | 'json' | 'sarif' | 'junit',
  root: string,
): Promise<string> {
  switch (as) {
    case 'text':
      return formatText(run)
    case 'json':
      return formatJson(run)
    case 'sarif':
      return formatSarif(run, await readPages(join(root, 'packages/checks/docs')))
    case 'junit':
      return formatJunit(run)
  }
}

function formatJson(run: CheckRun): string {
  const { checked, suppressed } = run
  const document = { findings: shownFindings(run), files: checked.length, suppressed }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Pages by name of the check; without them SARIF says less. */
async function readPages(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder).catch(() => [])
  const pages = names.map(
    async (name) => [basename(name, '.md'), await readFile(join(folder, name), 'utf8')] as const,
  )
  return new Map(await Promise.all(pages))
}

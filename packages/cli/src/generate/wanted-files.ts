import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alerts, renderRules } from '@cirrus/alerts'
import { renderLuaCatalog } from '@cirrus/catalog'
import { renderDashboards } from '@cirrus/dashboards-src'
import { type RenderOptions, renewRunbook } from '@cirrus/rules'
import { RunbookMissingError } from './errors.ts'

/** Texts of generated files by path, relative to the root of the checkout. */
export type Files = ReadonlyMap<string, string>

/** Folders that hold generated files and nothing else. */
export const generatedFolders = [
  'grafana/dashboards',
  'loki/rules/fake',
  'prometheus/rules',
  'prometheus/tests',
] as const

/**
 * Everything that `cirrus generate` writes.
 *
 * @throws {RunbookMissingError} naming every alert without a runbook
 */
export async function wantedFiles(root: string, options: RenderOptions): Promise<Files> {
  return new Map([
    ...renderDashboards(),
    ...renderRules(options),
    ['openresty/lua/cirrus/catalog.lua', renderLuaCatalog()],
    ...(await renewedRunbooks(root)),
  ])
}

/** Runbooks are written by hand, except for their table of thresholds. */
async function renewedRunbooks(root: string): Promise<Files> {
  const renewed = new Map<string, string>()
  const missing: string[] = []
  for (const alert of alerts) {
    const path = `alerts/runbooks/${alert.name}.md`
    const text = await readFile(join(root, path), 'utf8').catch(() => undefined)
    if (text === undefined) missing.push(path)
    else renewed.set(path, renewRunbook(alert, text))
  }
  if (missing.length > 0) throw new RunbookMissingError(missing)
  return renewed
}

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CheckResult,
  type Context,
  type Finding,
  type FindingSeverity,
  type Language,
  checkFiles,
  isAtLeast,
} from '@cirrus/checks'
import { loadCirrusYaml } from '../generate/settings.ts'
import { configuredSuppressions } from './configured-suppressions.ts'
import { CheckPathError } from './errors.ts'
import { findFiles } from './find-files.ts'
import { catalogContext } from './catalog-context.ts'
import type { CheckSettings } from './settings.ts'

/** Folders of our own rules and dashboards. */
const ownFolders = ['grafana/dashboards', 'loki/rules', 'prometheus/rules'] as const

export interface CheckOptions {
  /** The checkout. */
  readonly root: string
  /** Files and folders of others; our own where there are none. */
  readonly paths: readonly string[]
  /** Milder findings are not shown. */
  readonly severity: FindingSeverity
  readonly usesCatalog: boolean
  readonly rulesLanguage: Language | undefined
  readonly scrapeIntervalSeconds: number | undefined
  /** Folder of the runbooks that alerts link to. */
  readonly runbooks: string | undefined
}

/** What was found, and in which files. */
export interface CheckRun extends CheckResult {
  /** Milder findings are not shown. */
  readonly severity: FindingSeverity
  /** Paths of the files that are dashboards or rules. */
  readonly checked: readonly string[]
}

/** The findings that are bad enough to be shown. */
export function shownFindings({ findings, severity }: CheckRun): readonly Finding[] {
  return findings.filter((finding) => isAtLeast(finding.severity, severity))
}

/** Whether something is to be mended. */
export function isFailed(run: CheckRun): boolean {
  return shownFindings(run).length > 0
}

/**
 * Reads the files and checks them.
 *
 * @throws {CheckPathError} for a path that cannot be read, and when nothing given is a rule file or dashboard
 */
export async function runCheck(options: CheckOptions): Promise<CheckRun> {
  const { root, paths, severity, rulesLanguage } = options
  const isOwn = paths.length === 0
  const yaml = await loadCirrusYaml(root)
  const files = await findFiles(isOwn ? ownFolders : paths, isOwn ? root : '')
  const result = checkFiles({
    files,
    rulesLanguage,
    context: await contextOf(options, yaml.settings.check ?? {}),
    suppressions: configuredSuppressions(yaml),
  })
  const foreign = new Set(result.foreign)
  const checked = files.map(({ path }) => path).filter((path) => !foreign.has(path))
  if (checked.length === 0) {
    throw new CheckPathError(paths.join(', '), 'it holds no dashboard and no file of rules')
  }
  return { ...result, severity, checked }
}

async function contextOf(options: CheckOptions, settings: CheckSettings): Promise<Context> {
  const { root, paths, usesCatalog, scrapeIntervalSeconds } = options
  const isOwn = paths.length === 0
  const known = usesCatalog ? await catalogContext(root, settings) : {}
  const runbooks = isOwn ? join(root, 'alerts/runbooks') : options.runbooks
  return {
    ...known,
    ...(scrapeIntervalSeconds !== undefined && {
      knowledge: { ...known.knowledge, scrapeIntervalSeconds },
    }),
    ...(runbooks !== undefined && { runbooks: await namesIn(runbooks) }),
    ...(isOwn && { complete: true }),
  }
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(folder))
  } catch (cause) {
    throw new CheckPathError(folder, 'it must be a folder that exists', { cause })
  }
}

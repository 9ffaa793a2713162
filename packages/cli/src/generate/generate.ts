import { type Drift, findDrift } from './find-drift.ts'
import { foundFiles } from './found-files.ts'
import { loadSettings } from './settings.ts'
import { wantedFiles } from './wanted-files.ts'

export interface GenerateOptions {
  /** The checkout: sources of what is not code, and `cirrus.yaml`. */
  readonly root: string
  /** Where the generated files are; the checkout, unless another folder is wanted. */
  readonly directory: string
  readonly timeScale: number
}

/** How many files the sources make, and which of them are not as they should be. */
export interface Comparison {
  readonly count: number
  readonly drifts: readonly Drift[]
}

/** Makes every file in memory and compares it with what is on disk. */
export async function compareGenerated(options: GenerateOptions): Promise<Comparison> {
  const { root, directory, timeScale } = options
  const settings = await loadSettings(root)
  const wanted = await wantedFiles(root, { ...settings, timeScale })
  const drifts = findDrift(wanted, await foundFiles(directory, wanted))
  return { count: wanted.size, drifts }
}

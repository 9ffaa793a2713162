import { CirrusError } from '@cirrus/errors'

/** One setting that is wrong: which, what it is now, what it should be. */
export interface ConfigProblem {
  /** Variable name, or file and path within it. */
  readonly setting: string
  /** The current value as text, masked where it is a secret; undefined where it is missing. */
  readonly current: string | undefined
  /** What is wanted, as the end of the sentence "must …". */
  readonly wanted: string
}

/** Thrown with every problem found, so that all can be mended at once. */
export class ConfigError extends CirrusError {
  readonly code = 'CIRRUS_CONFIG_INVALID'
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    const count =
      problems.length === 1 ? '1 setting is wrong' : `${problems.length} settings are wrong`
    super([`${count}:`, ...problems.map(describeProblem)].join('\n'))
    this.problems = problems
  }
}

function describeProblem({ setting, current, wanted }: ConfigProblem): string {
  const now = current === undefined ? 'is not set' : `is ${JSON.stringify(current)}`
  return `  ${setting} ${now}; it must ${wanted}`
}

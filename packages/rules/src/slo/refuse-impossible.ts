import { MIN_WINDOW_SECONDS, days, formatDuration } from '@cirrus/queries'
import { type BurnWindow, burnFactor, errorBudget } from './burn-window.ts'

interface Promise {
  readonly name: string
  readonly objective: number
  readonly periodDays: number
  readonly windows: readonly BurnWindow[]
}

/** @throws {RangeError} naming everything about an objective that could never work */
export function refuseImpossible(promise: Promise): void {
  const { name, objective, windows } = promise
  const problems = [
    ...(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)
      ? []
      : ['its name must be like edge-availability']),
    ...(objective > 0 && objective < 1
      ? windows.flatMap((window) => problemsOf(window, promise))
      : [`an objective of ${objective} leaves no budget: it must lie between 0 and 1`]),
    ...(windows.length === 0 ? ['without burn windows nobody is told'] : []),
  ]
  if (problems.length > 0) throw new RangeError(`SLO ${name}: ${problems.join('; ')}`)
}

function problemsOf(window: BurnWindow, { objective, periodDays }: Promise): readonly string[] {
  const { severity, burn, budgetShare, longSeconds, shortSeconds } = window
  const label = `${severity} ${burn}`
  const factor = burnFactor(window, periodDays)
  const threshold = factor * errorBudget(objective)
  const [long, short] = [formatDuration(longSeconds), formatDuration(shortSeconds)]
  const problems = [
    threshold >= 1 &&
      `${label} could never fire: ${factor} times the budget is an error ratio of ${threshold.toPrecision(3)}`,
    (budgetShare <= 0 || budgetShare > 1) &&
      `${label} wants ${budgetShare} of the budget: it must be more than 0 and at most 1`,
    shortSeconds < MIN_WINDOW_SECONDS &&
      `${label} looks back ${short}: four scrapes take ${formatDuration(MIN_WINDOW_SECONDS)}`,
    shortSeconds >= longSeconds && `${label}: ${short} is not shorter than ${long}`,
    longSeconds > days(periodDays) && `${label}: ${long} is longer than the period`,
  ]
  return problems.filter((problem) => problem !== false)
}

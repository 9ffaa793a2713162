import { type Severity, days, hours, minutes } from '@cirrus/queries'

/** Label that tells a fast burn from a slow one of the same severity. */
export const burnLabel = 'burn'

/** When spending of an error budget is worth an alert: judged over a long window, and still going on. */
export interface BurnWindow {
  readonly severity: Severity
  readonly burn: 'fast' | 'slow'
  /** Share of the budget that is gone after the long window. */
  readonly budgetShare: number
  readonly longSeconds: number
  readonly shortSeconds: number
  readonly forSeconds: number
}

/** Windows and shares of the SRE workbook, for periods of 28 and 30 days. */
export const usualBurnWindows: readonly BurnWindow[] = [
  {
    severity: 'page',
    burn: 'fast',
    budgetShare: 0.02,
    longSeconds: hours(1),
    shortSeconds: minutes(5),
    forSeconds: minutes(2),
  },
  {
    severity: 'page',
    burn: 'slow',
    budgetShare: 0.05,
    longSeconds: hours(6),
    shortSeconds: minutes(30),
    forSeconds: minutes(15),
  },
  {
    severity: 'ticket',
    burn: 'fast',
    budgetShare: 0.1,
    longSeconds: days(1),
    shortSeconds: hours(2),
    forSeconds: hours(1),
  },
  {
    severity: 'ticket',
    burn: 'slow',
    budgetShare: 0.1,
    longSeconds: days(3),
    shortSeconds: hours(6),
    forSeconds: hours(3),
  },
]

/** How many times faster than allowed a budget is spent when the share is gone after the long window. */
export function burnFactor({ budgetShare, longSeconds }: BurnWindow, periodDays: number): number {
  return exact((budgetShare * days(periodDays)) / longSeconds)
}

/** What may go wrong: 0.001 of an objective of 0.999. */
export function errorBudget(objective: number): number {
  return exact(1 - objective)
}

/** As people would write it: 14.4, not 14.399999999999999. */
export function exact(value: number): number {
  return Number(value.toPrecision(12))
}

import type { Check, Report } from './check.ts'
import { checks } from './checks/index.ts'
import type { Suppression } from './suppression.ts'

/** The check of suppressions themselves; the engine runs it last, when it knows which were used. */
export const suppressionCheck: Omit<Check, 'check'> = {
  name: 'suppression',
  code: 'CIR001',
  severity: 'warning',
  title: 'A suppression is not what it should be',
  why: 'A suppression without reason cannot be judged by the next reader, and one that suppresses nothing hides a finding of tomorrow.',
}

interface Suppressions {
  readonly all: readonly Suppression[]
  readonly unused: readonly Suppression[]
  /** The checks that ran; of the others nobody knows what they would have found. */
  readonly active: readonly Check[]
}

/** Suppressions without a reason, of unknown checks, or of nothing. */
export function suppressionReports({ all, unused, active }: Suppressions): readonly Report[] {
  const known = new Set(checks.map(({ name }) => name))
  const ran = new Set(active.map(({ name }) => name))
  return all.flatMap((suppression): readonly Report[] => {
    const { check, reason, place } = suppression
    if (!known.has(check)) {
      return [
        { place, what: `No check is called "${check}".`, mend: 'Correct the name of the check.' },
      ]
    }
    if (reason === '') {
      return [
        {
          place,
          what: `The suppression of "${check}" gives no reason.`,
          mend: 'Say why the finding is acceptable: reason="…". Without it the suppression has no effect.',
        },
      ]
    }
    if (!ran.has(check) || !unused.includes(suppression)) return []
    return [
      {
        place,
        what: `Nothing is suppressed here for "${check}".`,
        mend: 'Remove the suppression.',
      },
    ]
  })
}

import type { NodeHealth } from '@cirrus/store'

/** State of a node, `unknown` until enough checks in a row agree, and how many lately agreed. */
export type Health = Pick<NodeHealth, 'state' | 'failures' | 'successes'>

/** How many checks in a row it takes to change the state of a node. */
export interface HealthThresholds {
  readonly failsToDown: number
  readonly succsToUp: number
}

/** The health of a node that was never checked. */
export const UNCHECKED: Health = { state: 'unknown', failures: 0, successes: 0 }

/** Health after one more check. */
export function nextHealth(current: Health, ok: boolean, thresholds: HealthThresholds): Health {
  const failures = ok ? 0 : current.failures + 1
  const successes = ok ? current.successes + 1 : 0
  return { state: nextState(), failures, successes }

  function nextState(): Health['state'] {
    if (failures >= thresholds.failsToDown) return 'down'
    if (successes >= thresholds.succsToUp) return 'up'
    return current.state
  }
}

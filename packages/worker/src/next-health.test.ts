import { describe, expect, it } from 'vitest'
import { type Health, UNCHECKED, nextHealth } from './next-health.ts'

const thresholds = { failsToDown: 3, succsToUp: 2 }
const up: Health = { state: 'up', failures: 0, successes: 7 }
const down: Health = { state: 'down', failures: 9, successes: 0 }

/** States after each check; `+` is a good one, `-` a bad one. */
function statesAfter(start: Health, checks: string): string {
  let health = start
  return [...checks]
    .map((check) => {
      health = nextHealth(health, check === '+', thresholds)
      return health.state
    })
    .join(' ')
}

describe('nextHealth', () => {
  it.each<[behaviour: string, start: Health, checks: string, states: string]>([
    ['a new node is up after two good checks', UNCHECKED, '++', 'unknown up'],
    ['a new node is down after three bad checks', UNCHECKED, '---', 'unknown unknown down'],
    [
      'a new node that alternates stays unknown',
      UNCHECKED,
      '+-+-',
      'unknown unknown unknown unknown',
    ],
    ['two bad checks do not take a node down', up, '--+', 'up up up'],
    ['three bad checks do', up, '---', 'up up down'],
    ['a good check in between starts the count again', up, '--+--', 'up up up up up'],
    ['one good check does not bring a node up', down, '+-', 'down down'],
    ['two good checks do', down, '++', 'down up'],
    ['a bad check in between starts the count again', down, '+-+-', 'down down down down'],
    ['a node goes down and comes back', up, '---++', 'up up down down up'],
  ])('%s', (...[, start, checks, states]) => {
    expect(statesAfter(start, checks)).toBe(states)
  })

  it('counts equal checks in a row', () => {
    expect(nextHealth(up, true, thresholds)).toEqual({ ...up, successes: 8 })
    expect(nextHealth(up, false, thresholds)).toEqual({ state: 'up', failures: 1, successes: 0 })
    expect(nextHealth(down, true, thresholds)).toEqual({
      state: 'down',
      failures: 0,
      successes: 1,
    })
  })

  it('changes at once where one check is enough', () => {
    const eager = { failsToDown: 1, succsToUp: 1 }
    expect(nextHealth(up, false, eager).state).toBe('down')
    expect(nextHealth(down, true, eager).state).toBe('up')
  })
})

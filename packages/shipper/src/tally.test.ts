import { describe, expect, it } from 'vitest'
import { Tally } from './tally.ts'

const delivered = { outcome: 'delivered', reason: 'accepted' } as const
const dead = { outcome: 'dead', reason: 'rejected' } as const

describe('Tally', () => {
  it('survives as notes', () => {
    const tally = new Tally()
    tally.add(delivered, 7)
    tally.add(dead)
    const again = Tally.fromNotes(tally.toNotes())
    expect(again.total).toBe(8)
    expect(again.reasons('dead')).toEqual({ rejected: 1 })
  })

  it('moves a part without changing the sum', () => {
    const tally = new Tally()
    tally.add(delivered, 2)
    tally.add(dead, 3)
    const part = tally.take(4)
    expect([part.total, tally.total]).toEqual([4, 1])
    expect(part.reasons('delivered')).toEqual({ accepted: 2 })
  })
})

import { describe, expect, it } from 'vitest'
import { shopSite } from './shop-site.ts'

const checkout = (nowMs: number, dice: number): number =>
  shopSite({ method: 'POST', path: '/checkout', nowMs, random: () => dice }).status

describe('shopSite', () => {
  it('fails some of the checkouts in a bad spell, few otherwise', () => {
    expect(checkout(10_000, 0.1)).toBe(500)
    expect(checkout(10_000, 0.2)).toBe(200)
    expect(checkout(100_000, 0.1)).toBe(200)
    expect(checkout(100_000, 0.001)).toBe(500)
  })

  it('keeps carts out of shared caches', () => {
    const { cacheControl } = shopSite({ method: 'GET', path: '/cart', nowMs: 0, random: () => 0.5 })
    expect(cacheControl).toBe('private, no-store')
  })
})

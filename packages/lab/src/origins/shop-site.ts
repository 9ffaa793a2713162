import { type Site, asset, failure, notFound, page, thinkingTime } from './site.ts'

/** The payment provider of the demo shop has a bad half minute every few minutes; too little to page anybody. */
const BAD_SPELL_EVERY_MS = 240_000
const BAD_SPELL_MS = 30_000
const CHECKOUT_FAILS = { usually: 0.005, inBadSpell: 0.15 } as const

/** Pages for everybody, carts for one visitor each, and a checkout that fails at times. */
export const shopSite: Site = ({ path, nowMs, random }) => {
  if (path === '/checkout') {
    const isBadSpell = nowMs % BAD_SPELL_EVERY_MS < BAD_SPELL_MS
    const fails = isBadSpell ? CHECKOUT_FAILS.inBadSpell : CHECKOUT_FAILS.usually
    if (random() < fails) return failure(500, thinkingTime(300, random))
    return page('Thank you', 'no-store', thinkingTime(180, random))
  }
  if (path === '/cart') return page('Your cart', 'private, no-store', thinkingTime(60, random))
  if (path === '/search') return page('Search', 'no-store', thinkingTime(90, random))
  if (path === '/') return page('Demo shop', 'public, max-age=30', thinkingTime(50, random))
  if (path.startsWith('/assets/')) return asset(path)
  if (/^\/(shoes|coats|bags)$/.test(path)) {
    return page(path.slice(1), 'public, max-age=30', thinkingTime(70, random))
  }
  if (/^\/item\/\d+$/.test(path)) {
    return page(path.slice(1), 'public, max-age=60', thinkingTime(60, random))
  }
  return notFound()
}

import { popular, popularIndex } from './random.ts'

export interface Visit {
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly path: string
  /** Whether the visitor sends a session cookie, so that the answer is for them alone. */
  readonly isPersonal: boolean
}

/** A demo site as its visitors use it. */
export interface Tenant {
  readonly host: string
  /** Part of all requests, 0 to 1. */
  readonly share: number
  /** Length of the wave in which its traffic swells and falls. */
  readonly wavePeriodMs: number
  readonly visit: (random: () => number) => Visit
}

const sections = ['/world', '/sport', '/culture', '/business', '/science'] as const
const shelves = ['/shoes', '/bags', '/coats'] as const

const get = (path: string): Visit => ({ method: 'GET', path, isPersonal: false })
const personal = (path: string): Visit => ({ method: 'GET', path, isPersonal: true })

export const tenants: readonly Tenant[] = [
  { host: 'news.demo.test', share: 0.52, wavePeriodMs: 420_000, visit: visitNews },
  { host: 'shop.demo.test', share: 0.3, wavePeriodMs: 300_000, visit: visitShop },
  { host: 'video.demo.test', share: 0.175, wavePeriodMs: 540_000, visit: visitVideo },
  // Names that nobody configured reach every public edge.
  { host: 'gone.demo.test', share: 0.005, wavePeriodMs: 600_000, visit: () => get('/') },
]

function visitNews(random: () => number): Visit {
  const dice = random()
  if (dice < 0.18) return get('/')
  if (dice < 0.4) return get(popular(['/assets/site.css', '/assets/app.js'], random))
  if (dice < 0.52) return get(popular(sections, random))
  if (dice < 0.6) return get(`/live.json?t=${Math.floor(random() * 1e6)}`)
  if (dice < 0.615) return get(popular(['/wp-login.php', '/old-page', '/.env'], random))
  if (dice < 0.63) return { ...get('/'), method: 'HEAD' }
  return get(`${popular(sections, random)}/story-${popularIndex(300, random)}`)
}

function visitShop(random: () => number): Visit {
  const dice = random()
  if (dice < 0.12) return get('/')
  if (dice < 0.25) return get('/assets/shop.css')
  if (dice < 0.38) return get(popular(shelves, random))
  if (dice < 0.6) return get(`/item/${popularIndex(150, random)}`)
  if (dice < 0.72) return get(`/search?q=${popular(['boots', 'scarf', 'tent', 'lamp'], random)}`)
  if (dice < 0.86) return personal('/cart')
  if (dice < 0.98) return { ...personal('/checkout'), method: 'POST' }
  return get(`/item/${popularIndex(150, random)}/reviews`)
}

function visitVideo(random: () => number): Visit {
  const video = popularIndex(8, random)
  const dice = random()
  if (dice < 0.1) return get('/')
  if (dice < 0.2) return get(`/watch/${video}`)
  if (dice < 0.35) return get(`/v/${video}/index.m3u8`)
  return get(`/v/${video}/${popularIndex(12, random)}.ts`)
}

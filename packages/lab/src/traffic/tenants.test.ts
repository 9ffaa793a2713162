import { describe, expect, it } from 'vitest'
import { newsSite } from '../origins/news-site.ts'
import { shopSite } from '../origins/shop-site.ts'
import { videoSite } from '../origins/video-site.ts'
import { seededRandom } from './random.ts'
import { tenants } from './tenants.ts'
import { nextVisitor } from './visitor.ts'

const sites = { news: newsSite, shop: shopSite, video: videoSite } as const
const outsideBadSpells = 200_000

describe('tenants', () => {
  it('share out all of the traffic', () => {
    expect(tenants.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })

  it.each([
    ['news', 0.03],
    ['shop', 0.05],
    ['video', 0],
  ] as const)('visit pages that the %s site has, few others', (name, mostMissing) => {
    const random = seededRandom(7)
    const tenant = tenants.find(({ host }) => host.startsWith(name))
    const statuses = Array.from({ length: 2000 }, () => {
      const visit = tenant?.visit(random) ?? { method: 'GET', path: '/' }
      const [path = ''] = visit.path.split('?')
      return sites[name]({ method: visit.method, path, nowMs: outsideBadSpells, random: () => 0.5 })
        .status
    })
    const missing = statuses.filter((status) => status === 404).length / statuses.length
    expect(missing).toBeLessThanOrEqual(mostMissing)
  })
})

describe('nextVisitor', () => {
  it('sends known people again and again, each with one browser', () => {
    const random = seededRandom(3)
    const visits = Array.from({ length: 3000 }, () => nextVisitor(random))
    const browsers = new Map(visits.map(({ address, userAgent }) => [address, userAgent]))
    expect(browsers.size).toBeGreaterThan(150)
    expect(browsers.size).toBeLessThan(241)
    for (const { address, userAgent } of visits) expect(browsers.get(address)).toBe(userAgent)
  })
})

describe('seededRandom', () => {
  it('is the same for the same seed, and spread over [0, 1)', () => {
    const [a, b] = [seededRandom(5), seededRandom(5)]
    const numbers = Array.from({ length: 1000 }, a)
    expect(numbers).toEqual(Array.from({ length: 1000 }, b))
    expect(Math.min(...numbers)).toBeLessThan(0.02)
    expect(Math.max(...numbers)).toBeGreaterThan(0.98)
  })
})

import { edgeMetrics as metric } from '@cirrus/catalog'
import { sum } from '../aggregate.ts'
import { costOf, ratio } from '../arithmetic.ts'
import { withDomainOwner } from '../owner.ts'
import { rate } from '../series.ts'
import { defineSignal } from '../signal.ts'
import { edgeSignals } from './edge.ts'

/** Name of the dashboard variable that holds the price of a gigabyte. */
export const priceVariable = 'price'

const fromCache = ['HIT', 'STALE', 'UPDATING', 'REVALIDATED'] as const
const traffic = withDomainOwner(edgeSignals.bytesRate).expr
const byTeam = sum(traffic).by('team')
const byBusiness = sum(traffic).by('business')
const byDomain = sum(traffic).by('host')

/** What traffic costs and who causes it. */
export const costSignals = {
  teamCost: defineSignal({
    name: 'traffic_cost_by_team',
    title: 'Cost by team',
    description: 'What traffic to clients costs an hour, by owning team.',
    direction: 'neutral',
    expr: costOf(byTeam, priceVariable),
    thresholds: {},
  }),
  businessCost: defineSignal({
    name: 'traffic_cost_by_business',
    title: 'Cost by business',
    description: 'What traffic to clients costs an hour, by line of business.',
    direction: 'neutral',
    expr: costOf(byBusiness, priceVariable),
    thresholds: {},
  }),
  domainCost: defineSignal({
    name: 'traffic_cost_by_domain',
    title: 'Cost',
    description: 'What traffic to clients costs an hour, by domain.',
    direction: 'neutral',
    expr: costOf(byDomain, priceVariable),
    thresholds: {},
  }),
  domainBytes: defineSignal({
    name: 'traffic_bytes_by_domain',
    title: 'Bytes to clients',
    description: 'Bytes sent to clients per second by domain, of domains with an owner.',
    direction: 'neutral',
    expr: byDomain,
    thresholds: {},
  }),
  originBytes: defineSignal({
    name: 'traffic_origin_bytes',
    title: 'Bytes from origins',
    description: 'Bytes fetched from origins per second.',
    direction: 'neutral',
    expr: sum(rate(metric.upstreamBytes)).by('host'),
    thresholds: {},
  }),
  cachedByteRatio: defineSignal({
    name: 'traffic_cached_byte_ratio',
    title: 'Bytes from the cache',
    description: 'Share of the bytes to clients that no origin had to send.',
    direction: 'neutral',
    expr: ratio(
      sum(rate(metric.cacheBytes, { status: fromCache })).by('host'),
      sum(rate(metric.cacheBytes)).by('host'),
    ),
    thresholds: {},
  }),
} as const

import { apiMetrics, edgeMetrics } from '@cirrus/catalog'
import { sum } from '../aggregate.ts'
import { matching } from '../matcher.ts'
import { sliOwnedByDomain } from '../owner.ts'
import { rate } from '../series.ts'
import { errorSli, latencySli } from '../sli.ts'

const failed = matching('5..')
/** What customers ask of the API; probes and scrapes are not. */
const asked = { route: matching('/api/.*') } as const

/** What is promised to visitors of each domain, and to users of the control API. */
export const slis = {
  edgeAvailability: sliOwnedByDomain(
    errorSli(
      sum(rate(edgeMetrics.httpRequests)).by('host'),
      sum(rate(edgeMetrics.httpRequests, { status: failed })).by('host'),
    ),
  ),
  edgeLatency: sliOwnedByDomain(latencySli(edgeMetrics.httpRequestDuration, 0.25).by('host')),
  apiAvailability: errorSli(
    sum(rate(apiMetrics.apiRequests, asked)).by<never>(),
    sum(rate(apiMetrics.apiRequests, { ...asked, status: '5xx' })).by<never>(),
  ),
} as const

import { apiMetrics, edgeMetrics } from '@cirrus/catalog'
import { describe, expect, it } from 'vitest'
import {
  blindJobs,
  missingJobs,
  recorded,
  render,
  ruleContext,
  sloRecordings,
  witnessOf,
} from './index.ts'

const inRule = ruleContext(60)

describe('blindJobs', () => {
  it('matches each job with its own series', () => {
    expect(render(blindJobs(witnessOf(apiMetrics.storeUp)), inRule)).toBe(
      '(max by (job) (up{job=~"api|worker"}) >= 1) ' +
        'unless on (job) count by (job) (cirrus_store_up)',
    )
  })

  it('asks for any series at all where a rule records them', () => {
    const series = recorded(sloRecordings.events, { slo: 'demo' })
    const blind = blindJobs({ services: ['edge'], metric: 'slo:events:rate', series })
    expect(render(blind, inRule)).toBe(
      '(max by (job) (up{job="edge"}) >= 1) unless on () count(slo:events:rate{slo="demo"})',
    )
  })

  it('keeps the labels that a job has', () => {
    expect(blindJobs(witnessOf(edgeMetrics.httpRequests)).labels).toEqual(['job'])
  })
})

describe('missingJobs', () => {
  it('names each service without a process', () => {
    expect(render(missingJobs(['api', 'edge']), inRule)).toBe(
      'absent(up{job="api"}) or absent(up{job="edge"})',
    )
  })
})

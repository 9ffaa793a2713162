import { describe, expect, it } from 'vitest'
import {
  type Signal,
  analyzeLogql,
  analyzePromql,
  apiSignals,
  catalogKnowledge,
  edgeSignals,
  labelAnswer,
  panelContext,
  render,
  ruleContext,
  shipperSignals,
  telemetrySignals,
  workerSignals,
} from '../../src/index.ts'

const knowledge = catalogKnowledge()

const signals: readonly Signal[] = [
  apiSignals,
  edgeSignals,
  workerSignals,
  shipperSignals,
  telemetrySignals,
].flatMap((group) => Object.values<Signal>(group))

const filters = { host: 'domain', domain: 'domain', env: 'env', node: 'node' }

describe('catalogKnowledge', () => {
  it('knows the series of a histogram', () => {
    const buckets = knowledge.metric?.('nginx_http_request_duration_seconds_bucket')
    expect(buckets).toMatchObject({ kind: 'counter', closed: true })
    expect(buckets?.labels).toEqual(expect.arrayContaining(['host', 'le', 'job', 'instance']))
    expect(knowledge.metric?.('nginx_http_request_duration_seconds')).toBeUndefined()
  })

  it('knows which labels a log line can have before it is parsed', () => {
    const { labels } = analyzeLogql('{service="edge"}', knowledge)
    expect(['service', 'team', 'node', 'path'].map((label) => labelAnswer(labels, label))).toEqual([
      'has',
      'unknown',
      'unknown',
      'cannot',
    ])
  })
})

describe('signals', () => {
  it.each(signals.map((signal) => [signal.name, signal] as const))(
    '%s has no problem and no label but the declared ones',
    (_, { expr }) => {
      const analyze = expr.language === 'promql' ? analyzePromql : analyzeLogql
      for (const context of [panelContext(filters), ruleContext(300)]) {
        const { type, labels, problems } = analyze(render(expr, context), knowledge)
        expect([type, problems]).toEqual(['instant vector', []])
        const possible = [...labels.named].filter(([, answer]) => answer !== 'cannot')
        expect(possible.map(([label]) => label).toSorted()).toEqual(expr.labels.toSorted())
        expect(labels.others).toBe('cannot')
      }
    },
  )
})

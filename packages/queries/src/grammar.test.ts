import { parser as logql } from '@grafana/lezer-logql'
import { parser as promql } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import {
  type Signal,
  apiSignals,
  costSignals,
  edgeSignals,
  panelContext,
  reached,
  render,
  ruleContext,
  severities,
  shipperSignals,
  sloSignals,
  telemetrySignals,
  withDomainOwner,
  workerSignals,
} from './index.ts'

const signals: readonly Signal[] = [
  ...[
    apiSignals,
    costSignals,
    edgeSignals,
    workerSignals,
    shipperSignals,
    sloSignals,
    telemetrySignals,
  ].flatMap((group) => Object.values(group)),
  withDomainOwner(edgeSignals.latencyP99),
]

/** The places where a grammar does not understand a query; both parsers go on after an error. */
function syntaxErrors(language: Signal['expr']['language'], text: string): readonly string[] {
  const errors: string[] = []
  const query = text
    .replaceAll('$__rate_interval', '5m')
    .replaceAll('$__auto', '5m')
    .replaceAll('$price', '1')
  const tree = (language === 'promql' ? promql : logql).parse(query)
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) errors.push(query.slice(from, from + 20))
    },
  })
  return errors
}

describe('the grammars of Prometheus and Loki', () => {
  it.each(signals.map((signal) => [signal.name, signal] as const))('accept %s', (_, signal) => {
    const { language } = signal.expr
    const filters = { host: 'domain', domain: 'domain', env: 'env', node: 'node' }
    const conditions = severities
      .filter((severity) => signal.thresholds[severity] !== undefined)
      .map((severity) => reached(signal, severity))
    const texts = [
      render(signal.expr, panelContext(filters)),
      ...conditions.map((condition) => render(condition, ruleContext(signal.windowSeconds))),
    ]
    for (const text of texts) expect([text, syntaxErrors(language, text)]).toEqual([text, []])
  })

  it('would notice an error', () => {
    expect(syntaxErrors('promql', 'sum by (host (up)')).not.toEqual([])
    expect(syntaxErrors('logql', '{service="edge" | x')).not.toEqual([])
  })
})

import { edgeMetrics, logEvents, prometheusMetrics, workerMetrics } from '@cirrus/catalog'
import { describe, expect, it } from 'vitest'
import {
  type Lines,
  type Vector,
  atLeast,
  atOrAbove,
  average,
  gauge,
  increase,
  joinInfo,
  labelValues,
  lineRate,
  linesFrom,
  linesOf,
  matching,
  minutes,
  not,
  panelContext,
  quantile,
  rate,
  ratio,
  rename,
  render,
  ruleContext,
  sum,
  until,
  whereAlso,
  averageOver,
  complement,
  constant,
  costSignals,
  count,
  hours,
  recorded,
  saying,
  sloRecordings,
  sumOver,
} from './index.ts'

const inRule = ruleContext(minutes(5))
const requests = sum(rate(edgeMetrics.httpRequests)).by('host')

const promql: readonly (readonly [string, Vector, string])[] = [
  ['a rate', rate(edgeMetrics.metricErrors), 'rate(nginx_metric_errors_total[5m])'],
  ['an increase', increase(edgeMetrics.metricErrors), 'increase(nginx_metric_errors_total[5m])'],
  ['a gauge of one target', gauge(prometheusMetrics.up, { job: 'edge' }), 'up{job="edge"}'],
  [
    'one value of several, escaped',
    gauge(prometheusMetrics.up, { instance: ['a.test:1', 'b:1'] }),
    String.raw`up{instance=~"a\\.test:1|b:1"}`,
  ],
  [
    'a regular expression',
    rate(edgeMetrics.httpRequests, { status: matching('5..'), host: not('a"b') }),
    String.raw`rate(nginx_http_requests_total{status=~"5..", host!="a\"b"}[5m])`,
  ],
  ['a sum', requests, 'sum by (host) (rate(nginx_http_requests_total[5m]))'],
  ['a sum of everything', sum(gauge(workerMetrics.nodeUp)), 'sum(cirrus_node_up)'],
  ['an average', average(gauge(prometheusMetrics.up)).by('job'), 'avg by (job) (up)'],
  [
    'a quantile, with its le',
    quantile(0.5, workerMetrics.nodeCheckDuration).by('node'),
    'histogram_quantile(0.5, sum by (node, le) (rate(cirrus_node_check_duration_seconds_bucket[5m])))',
  ],
  [
    'time until a moment',
    until(gauge(workerMetrics.certificateNotAfter)),
    'cirrus_certificate_not_after_timestamp_seconds - time()',
  ],
  [
    'a threshold with a guard',
    whereAlso(atOrAbove(requests, 0.5), requests),
    [
      '(sum by (host) (rate(nginx_http_requests_total[5m])) >= 0.5)',
      'and on (host) sum by (host) (rate(nginx_http_requests_total[5m]))',
    ].join('\n'),
  ],
]

const burns = { ...sloRecordings.burnRate, labels: [] } as const

const recordedSeries: readonly (readonly [string, Vector, string])[] = [
  [
    'a recorded series',
    recorded(sloRecordings.burnRate, { slo: 'demo', window: '1h' }),
    'slo:burn_rate:ratio{slo="demo", window="1h"}',
  ],
  [
    'a sum over a length of its own',
    sumOver(burns, {}, hours(6)),
    'sum_over_time(slo:burn_rate:ratio[6h])',
  ],
  ['a mean', averageOver(burns, {}, hours(1)), 'avg_over_time(slo:burn_rate:ratio[1h])'],
  ['what a share leaves', complement(recorded(burns)), '1 - slo:burn_rate:ratio'],
  ['a constant', constant(0.999), 'vector(0.999)'],
  ['a count', count(recorded(burns)), 'count(slo:burn_rate:ratio)'],
]

const logql: readonly (readonly [string, Vector | Lines, string])[] = [
  ['lines of a service', linesFrom('api'), '{service="api"}'],
  [
    'lines of an event, labels before metadata',
    linesOf(logEvents.edgeRequest, { status: atLeast(500), domain: 'a.test' }),
    '{service="edge", domain="a.test"} | event = "edge.request" | status >= 500',
  ],
  [
    'lines of an event of several services',
    linesOf(logEvents.storeLost),
    '{service=~"api|worker"} | event = "store.lost"',
  ],
  [
    'lines that say something, text before metadata',
    saying(linesOf(logEvents.edgeError), 'timed "out"'),
    String.raw`{service="edge"} |~ "timed \"out\"" | event = "edge.error"`,
  ],
  [
    'a rate of lines by a renamed label',
    sum(lineRate(rename(linesFrom('edge'), 'domain', 'host'))).by('host'),
    'sum by (host) (rate({service="edge"} | label_format host=domain [5m]))',
  ],
]

describe('render', () => {
  it.each(promql)('prints %s as PromQL', (_, query, text) => {
    expect(render(query, inRule)).toBe(text)
  })

  it.each(recordedSeries)('prints %s as PromQL', (_, query, text) => {
    expect(render(query, inRule)).toBe(text)
  })

  it('scales a length that a query asks for itself, never below four scrapes', () => {
    const query = sumOver(burns, {}, hours(1))
    expect(render(query, ruleContext(minutes(5), 0.1))).toBe(
      'sum_over_time(slo:burn_rate:ratio[6m])',
    )
    expect(render(query, ruleContext(minutes(5), 0.001))).toContain('[20s]')
  })

  it('leaves the price of traffic to the dashboard', () => {
    const { expr } = costSignals.teamCost
    expect(render(expr, panelContext({}))).toMatch(/\* \$price$/)
  })

  it.each(logql)('prints %s as LogQL', (_, query, text) => {
    expect(render(query, inRule)).toBe(text)
  })

  it('makes a ratio that is zero without events and absent without traffic', () => {
    const errors = sum(rate(edgeMetrics.upstreamErrors)).by('host')
    const attempts = sum(rate(edgeMetrics.upstreamRequests)).by('host')
    expect(render(ratio(errors, attempts), inRule)).toBe(
      [
        '(',
        '  sum by (host) (rate(nginx_upstream_errors_total[5m]))',
        '  or (sum by (host) (rate(nginx_upstream_requests_total[5m])) * 0)',
        ')',
        '/ (sum by (host) (rate(nginx_upstream_requests_total[5m])) > 0)',
      ].join('\n'),
    )
  })

  it('joins an info metric without ambiguity', () => {
    const joined = joinInfo(requests, edgeMetrics.domainInfo, { on: ['host'], take: ['team'] })
    expect(joined.labels).toEqual(['host', 'team'])
    expect(render(joined, inRule)).toBe(
      [
        'sum by (host) (rate(nginx_http_requests_total[5m]))',
        '* on (host) group_left (team) topk by (host) (1, max by (host, team) (cirrus_domain_info))',
      ].join('\n'),
    )
  })

  it('leaves windows to Grafana in panels', () => {
    expect(render(rate(edgeMetrics.metricErrors), panelContext({}))).toContain('[$__rate_interval]')
    expect(render(lineRate(linesFrom('api')), panelContext({}))).toContain('[$__auto]')
  })

  it('filters every selector that has the label by a Grafana variable', () => {
    const context = panelContext({ host: 'domain', domain: 'domain' })
    expect(render(gauge(edgeMetrics.domainInfo, { env: 'staging' }), context)).toBe(
      'cirrus_domain_info{env="staging", host=~"$domain"}',
    )
    expect(render(gauge(workerMetrics.nodeUp), context)).toBe('cirrus_node_up')
    expect(render(linesFrom('edge'), context)).toBe('{service="edge", domain=~"$domain"}')
  })
})

describe('ruleContext', () => {
  it('scales windows, but never below four scrapes', () => {
    expect(ruleContext(minutes(5), 0.1).windows.promql).toBe('30s')
    expect(ruleContext(minutes(1), 0.1).windows.promql).toBe('20s')
  })
})

describe('labelValues', () => {
  it('chains variables', () => {
    expect(labelValues(edgeMetrics.domainInfo, 'host', { team: 'team' })).toBe(
      'label_values(cirrus_domain_info{team=~"$team"}, host)',
    )
  })
})

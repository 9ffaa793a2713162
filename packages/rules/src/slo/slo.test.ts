import { edgeMetrics, logEvents } from '@cirrus/catalog'
import {
  errorSli,
  hours,
  latencySli,
  lineRate,
  linesFrom,
  linesOf,
  minutes,
  rate,
  render,
  ruleContext,
  slis,
  sum,
} from '@cirrus/queries'
import { describe, expect, it } from 'vitest'
import { type BurnWindow, burnFactor, errorBudget, usualBurnWindows } from './burn-window.ts'
import { type SloDefinition, defineSlo } from './slo.ts'

const definition = {
  name: 'demo',
  title: 'Demo',
  services: ['api'],
  team: 'platform',
  objective: 0.999,
  periodDays: 30,
  sli: slis.apiAvailability,
  minEvents: 10,
  panel: { dashboard: 'slos', panel: 3, shows: { slo_burn_rate: true }, variables: { slo: 'slo' } },
  logs: () => linesFrom('api'),
  feed: { labels: {} },
} as const satisfies SloDefinition<never, 'promql'>

const fast: BurnWindow = {
  severity: 'page',
  burn: 'fast',
  budgetShare: 0.02,
  longSeconds: hours(1),
  shortSeconds: minutes(5),
  forSeconds: 60,
}

describe('burnFactor', () => {
  it.each([
    [30, [14.4, 6, 3, 1]],
    [28, [13.44, 5.6, 2.8, 0.933333333333]],
  ])('is exact for %d days', (periodDays, factors) => {
    expect(usualBurnWindows.map((window) => burnFactor(window, periodDays))).toEqual(factors)
  })

  it('knows budgets as people write them', () => {
    expect([0.9, 0.99, 0.999, 0.9995].map(errorBudget)).toEqual([0.1, 0.01, 0.001, 0.0005])
  })
})

describe('defineSlo', () => {
  it('pages when a long and a short window burn, with enough events', () => {
    const [level] = defineSlo(definition).alert.levels
    const text = level && render(level.condition, ruleContext(minutes(5)))
    expect(text?.replaceAll(/\s+/g, ' ')).toBe(
      '( (slo:burn_rate:ratio{slo="demo", window="1h"} >= 14.4) ' +
        'and on (slo) (slo:burn_rate:ratio{slo="demo", window="5m"} >= 14.4) ) ' +
        'and on (slo) ((avg_over_time(slo:events:rate{slo="demo"}[5m]) * 300) >= 10)',
    )
  })

  it('scales windows, not what they are called', () => {
    const [level] = defineSlo(definition).alert.levels
    const text = level && render(level.condition, ruleContext(minutes(5), 0.1))
    expect(text).toContain('avg_over_time(slo:events:rate{slo="demo"}[30s])')
    expect(text).toContain('window="5m"')
  })

  it('takes windows of its own', () => {
    const { recordings, alert } = defineSlo({ ...definition, periodDays: 7, windows: [fast] })
    const windows = recordings.flatMap(({ labels }) => labels['window'] ?? [])
    expect(windows).toEqual(['5m', '1h'])
    expect(alert.levels.map(({ conditionText }) => conditionText)).toEqual([
      'Burn rate over 1h and over 5m is at least 3.36, of 10 or more events in 5m',
    ])
  })

  it('records indicators made of log lines in Loki, and judges them in Prometheus', () => {
    const requests = linesOf(logEvents.edgeRequest)
    const errors = linesOf(logEvents.edgeError)
    const { recordings, alert } = defineSlo({
      ...definition,
      sli: errorSli(
        sum(lineRate(requests)).by('env', 'team', 'business'),
        sum(lineRate(errors)).by('env', 'team', 'business'),
      ),
      feed: { labels: { env: 'staging', team: 'media', business: 'video' } },
    })
    expect(recordings.slice(0, 3).map(({ expr }) => expr.language)).toEqual([
      'logql',
      'logql',
      'promql',
    ])
    expect(alert.signal.expr).toMatchObject({
      language: 'promql',
      labels: ['slo', 'window', 'env', 'team', 'business'],
    })
    expect(alert.firing[0]?.input).toMatchObject([{ metric: 'slo:events:rate' }, {}])
  })

  it.each<[string, Partial<SloDefinition<never, 'promql'>>, string]>([
    ['an objective that allows everything', { objective: 0.9 }, 'page fast could never fire: 14.4'],
    ['an objective without budget', { objective: 1 }, 'leaves no budget'],
    [
      'a window of three scrapes',
      { windows: [{ ...fast, shortSeconds: 15 }] },
      'looks back 15s: four scrapes take 20s',
    ],
    [
      'a short window that is not shorter',
      { windows: [{ ...fast, shortSeconds: hours(1) }] },
      '1h is not shorter than 1h',
    ],
    [
      'a window longer than the period',
      { windows: [{ ...fast, longSeconds: hours(24 * 31) }] },
      'longer than the period',
    ],
    ['a share of nothing', { windows: [{ ...fast, budgetShare: 0 }] }, 'wants 0 of the budget'],
    ['no windows', { windows: [] }, 'nobody is told'],
    ['a name that is no label value', { name: 'Demo SLO' }, 'must be like edge-availability'],
  ])('refuses %s', (_, change, message) => {
    const broken = { ...definition, ...change } as SloDefinition<never, 'promql'>
    expect(() => defineSlo(broken)).toThrow(message)
  })

  it('refuses an indicator by a label that budgets are not kept by', () => {
    const byStatus = sum(rate(edgeMetrics.httpRequests)).by('status')
    const feed = { labels: { status: '200' } }
    expect(() => defineSlo({ ...definition, sli: errorSli(byStatus, byStatus), feed })).toThrow(
      'slo:events:rate cannot be recorded by status',
    )
  })
})

describe('latencySli', () => {
  it('refuses a limit that no bucket ends at', () => {
    expect(() => latencySli(edgeMetrics.httpRequestDuration, 0.3)).toThrow(
      'nginx_http_request_duration_seconds has no bucket at 0.3 s: choose one of 0.005',
    )
  })

  it('finds the bucket of a whole second however Prometheus writes it', () => {
    const { errors } = latencySli(edgeMetrics.httpRequestDuration, 1).by('host')
    expect(render(errors, ruleContext(minutes(5)))).toContain('le=~"1([.]0)?"')
  })
})

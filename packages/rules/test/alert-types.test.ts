import { edgeMetrics, logEvents, shipperMetrics, workerMetrics } from '@cirrus/catalog'
import { edgeSignals, linesOf, telemetrySignals, withDomainOwner } from '@cirrus/queries'
import { describe, expect, it } from 'vitest'
import { counting, defineAlert, holding, logging } from '../src/index.ts'
import { nodeDown } from './node-down.ts'

const { summary: _summary, ...withoutSummary } = nodeDown
const { description: _description, ...withoutDescription } = nodeDown
const { team: _team, ...withoutTeam } = nodeDown
const { panel: _panel, ...withoutPanel } = nodeDown
const { logs: _logs, ...withoutLogs } = nodeDown
const { tests: _tests, ...withoutTests } = nodeDown
const { levels: _levels, ...withoutLevels } = nodeDown
const [firing] = nodeDown.tests.firing
const { silent } = nodeDown.tests

// Every line below an expect-error comment must fail to compile: `npm run typecheck` says so.
const mistakes = (): readonly unknown[] => [
  // @ts-expect-error no summary
  defineAlert(withoutSummary),
  // @ts-expect-error no description
  defineAlert(withoutDescription),
  // @ts-expect-error nobody owns it
  defineAlert(withoutTeam),
  // @ts-expect-error no panel to look at
  defineAlert(withoutPanel),
  // @ts-expect-error no log lines to read
  defineAlert(withoutLogs),
  // @ts-expect-error no tests
  defineAlert(withoutTests),
  // @ts-expect-error a way to feed the signal must name all labels
  defineAlert({ ...nodeDown, tests: { feed: { labels: {}, input: () => [] } } }),
  // @ts-expect-error no severity
  defineAlert(withoutLevels),
  // @ts-expect-error no severity inside
  defineAlert({ ...nodeDown, levels: {} }),
  // @ts-expect-error the signal has no threshold for "info"
  defineAlert({ ...nodeDown, levels: { info: { forSeconds: 60 } } }),
  // @ts-expect-error no "for"
  defineAlert({ ...nodeDown, levels: { page: {} } }),
  // @ts-expect-error nobody knows this team
  defineAlert({ ...nodeDown, team: 'nobody' }),
  // @ts-expect-error results per node carry no team
  defineAlert({ ...nodeDown, team: { fromLabel: 'team' } }),
  // @ts-expect-error results per node carry no host
  defineAlert({ ...nodeDown, summary: ({ host }) => host }),
  // @ts-expect-error the panel shows another signal
  defineAlert({ ...nodeDown, panel: { ...nodeDown.panel, shows: { node_up: true } } }),
  // @ts-expect-error the second signal has labels that the first lacks
  defineAlert({ ...nodeDown, also: telemetrySignals.targetsUpRatio }),
  // @ts-expect-error no firing test
  defineAlert({ ...nodeDown, tests: { firing: [], silent } }),
  // @ts-expect-error no silent test
  defineAlert({ ...nodeDown, tests: { firing: [firing], silent: [] } }),
  // @ts-expect-error the expected labels are not complete
  defineAlert({ ...nodeDown, tests: { firing: [{ ...firing, labels: {} }], silent } }),
  // @ts-expect-error a PromQL alert is not tested with log lines
  defineAlert({ ...nodeDown, tests: { firing: [{ ...firing, input: [someLines] }], silent } }),
  // @ts-expect-error the series lacks its labels
  holding(workerMetrics.nodeUp, {}, 1),
  // @ts-expect-error a gauge does not count
  counting(shipperMetrics.linesWaiting, {}, 1),
  // @ts-expect-error PASS is no cache status
  counting(edgeMetrics.cacheStatus, { host: 'a.test', status: 'PASS' }, 1),
]

function failing(value: number) {
  return [holding(workerMetrics.nodeConsecutiveFailures, { node: 'edge-a' }, value)]
}

const someLines = logging(logEvents.edgeError, { domain: 'a.test' }, 1)

describe('defineAlert', () => {
  it('refuses an incomplete alert at compile time', () => {
    expect(mistakes).toBeTypeOf('function')
  })

  it('refuses a page that nobody would miss', () => {
    const { witness: _witness, ...withoutWitness } = nodeDown
    expect(() => defineAlert(withoutWitness)).toThrow(
      'Alert NodeDown pages: give it a witness, so that its silence is noticed',
    )
  })

  it('writes the usual tests where it knows how to feed the signal', () => {
    const alert = defineAlert({
      ...nodeDown,
      tests: { feed: { labels: { node: 'edge-a' }, input: failing } },
    })
    expect(alert.firing.map(({ name, levels, value }) => [name, levels, value])).toEqual([
      ['just past the page threshold', ['page', 'ticket'], 10],
      ['just under the page threshold', ['ticket'], 9],
      ['just past the ticket threshold', ['ticket'], 3],
    ])
    expect(alert.silent.map(({ name }) => name)).toEqual([
      'just under the ticket threshold',
      'not yet long enough',
      'nothing is known',
      'flaps, each time too shortly',
    ])
  })

  it('makes templates of texts', () => {
    const alert = defineAlert(nodeDown)
    expect(alert.summary).toBe('{{ $labels.node }} failed {{ $value | printf "%.0f" }} times')
    expect(alert.team).toBe('platform')
    expect(alert.levels.map(({ severity }) => severity)).toEqual(['page', 'ticket'])
  })

  it('takes the team from the results where they carry it', () => {
    const signal = withDomainOwner(edgeSignals.hitRatio)
    const input = [counting(edgeMetrics.cacheStatus, { host: 'a.test', status: 'MISS' }, 1)]
    const labels = { host: 'a.test', env: 'staging', team: 'media', business: 'video' }
    const alert = defineAlert({
      name: 'Cold',
      signal,
      team: { fromLabel: 'team' },
      levels: { ticket: { forSeconds: 60 } },
      summary: ({ team }) => team,
      description: ({ business }) => business,
      panel: { dashboard: 'd', panel: 1, shows: { edge_cache_hit_ratio: true }, variables: {} },
      logs: ({ host }) => linesOf(logEvents.edgeRequest, { domain: host }),
      tests: {
        firing: [{ name: 'a', input, atSeconds: 60, levels: ['ticket'], labels, value: 0 }],
        silent: [{ name: 'b', input, atSeconds: 0 }],
      },
    })
    expect(alert.team).toBeUndefined()
    expect(alert.summary).toBe('{{ $labels.team }}')
  })
})

import { teamNames } from '@cirrus/catalog'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type RenderOptions, defineAlert, renderAlertFiles, renewRunbook } from '../src/index.ts'
import { nodeDown } from './node-down.ts'

const alert = defineAlert(nodeDown)
const options: RenderOptions = {
  timeScale: 1,
  links: { grafana: 'http://grafana.test', runbooks: 'http://runbooks.test' },
  receiverUrl: 'http://receiver.test/alerts',
}

function renderFiles(overrides: Partial<RenderOptions> = {}): ReadonlyMap<string, string> {
  const group = { name: 'demo', source: 'alerts/src/demo.ts', alerts: [alert] }
  return renderAlertFiles([group], { ...options, ...overrides })
}

describe('renderAlertFiles', () => {
  it('writes rules and their tests', async () => {
    const files = renderFiles()
    await expect(files.get('prometheus/rules/demo.yaml')).toMatchFileSnapshot('golden/rules.yaml')
    await expect(files.get('prometheus/tests/demo.yaml')).toMatchFileSnapshot('golden/tests.yaml')
  })

  it('writes no Loki file for PromQL alerts', () => {
    expect([...renderFiles().keys()]).toEqual([
      'prometheus/rules/demo.yaml',
      'prometheus/tests/demo.yaml',
      'prometheus/alertmanager.yaml',
    ])
  })

  it('shortens every duration, and leaves tests of the real ones out', () => {
    const files = renderFiles({ timeScale: 0.1 })
    expect(files.has('prometheus/tests/demo.yaml')).toBe(false)
    expect(parse(files.get('prometheus/rules/demo.yaml') ?? '')).toMatchObject({
      groups: [
        {
          interval: '1s500ms',
          rules: [{ for: '6s' }, { for: '30s' }, { alert: 'NodeDownAbsent', for: '1m' }],
        },
      ],
    })
    expect(parse(files.get('prometheus/alertmanager.yaml') ?? '')).toMatchObject({
      route: { group_wait: '3s', group_interval: '6s', repeat_interval: '1d' },
    })
  })

  it('routes every team and severity to a receiver that exists', () => {
    const { route, receivers } = parse(renderFiles().get('prometheus/alertmanager.yaml') ?? '')
    const names = receivers.map(({ name }: { name: string }) => name)
    for (const team of teamNames) {
      const teamRoute = route.routes.find(
        ({ matchers }: { matchers: readonly string[] }) => matchers[0] === `team = ${team}`,
      )
      expect(teamRoute.routes.map(({ receiver }: { receiver: string }) => receiver)).toEqual([
        `${team}-page`,
        `${team}-ticket`,
        `${team}-info`,
      ])
      expect(names).toEqual(expect.arrayContaining([`${team}-page`, `${team}-ticket`]))
    }
  })

  it('lets a page silence only its own ticket', () => {
    const { inhibit_rules } = parse(renderFiles().get('prometheus/alertmanager.yaml') ?? '')
    expect(inhibit_rules[0].equal).toEqual(['alertname', 'node'])
  })

  it('lets a fast burn silence only the slow burn of its own severity', () => {
    const { inhibit_rules } = parse(renderFiles().get('prometheus/alertmanager.yaml') ?? '')
    expect(inhibit_rules[1]).toMatchObject({
      source_matchers: ['burn = fast'],
      target_matchers: ['burn = slow'],
      equal: ['alertname', 'severity', 'node'],
    })
  })
})

describe('renewRunbook', () => {
  it('appends its part, and renews only that part afterwards', () => {
    const first = renewRunbook(alert, '# NodeDown\n')
    expect(first).toContain('| page | Consecutive failures is at least 10 | 1m |')
    const edited = `${first.replace('at least 10', 'at least 99')}\nBy hand.\n`
    expect(renewRunbook(alert, edited)).toBe(`${first}\nBy hand.\n`)
  })
})

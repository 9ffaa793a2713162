import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { renderDashboards } from '@cirrus/dashboards-src'
import { describe, expect, it } from 'vitest'
import { alertGroups, alerts } from '../src/index.ts'

interface DashboardJson {
  readonly uid: string
  readonly panels: readonly { readonly id: number; readonly type: string }[]
  readonly templating: { readonly list: readonly { readonly name: string }[] }
}

const dashboards: readonly DashboardJson[] = [...renderDashboards().values()].map((text) =>
  JSON.parse(text),
)

function isInRepository(path: string): boolean {
  return existsSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)))
}

describe('alerts', () => {
  it('have unique names in UpperCamel', () => {
    const names = alerts.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^([A-Z][a-z0-9]+)+$/)
  })

  it('say which file they are written in', () => {
    expect(alertGroups.filter(({ source }) => !isInRepository(source))).toEqual([])
  })

  it.each(alerts)('$name has a runbook', ({ name }) => {
    expect(isInRepository(`alerts/runbooks/${name}.md`)).toBe(true)
  })

  it.each(alerts)('$name links to a panel and variables that exist', ({ panel }) => {
    const dashboard = dashboards.find(({ uid }) => uid === panel.dashboard)
    const target = dashboard?.panels.find(({ id }) => id === panel.panel)
    expect(target?.type).toBe('timeseries')
    const known = dashboard?.templating.list.map(({ name }) => name)
    expect(known).toEqual(expect.arrayContaining(Object.values(panel.variables)))
  })

  it('are noticed when they are blind, where they page', () => {
    const paging = alerts.filter(({ levels }) => levels.some(({ severity }) => severity === 'page'))
    expect(paging.map(({ twin }) => twin?.name)).toEqual(paging.map(({ name }) => `${name}Absent`))
  })

  it('call nobody from Loki, which forgets while it restarts', () => {
    const fromLogs = alerts.filter(({ signal }) => signal.expr.language === 'logql')
    expect(fromLogs.flatMap(({ levels }) => levels.map(({ severity }) => severity))).toEqual(
      fromLogs.map(() => 'ticket'),
    )
  })

  it.each(alerts)('$name fires in a test and stays silent in another', ({ firing, silent }) => {
    expect(firing.length).toBeGreaterThan(0)
    expect(silent.length).toBeGreaterThan(0)
  })

  it.each(alerts)('$name does not fire at the first evaluation', ({ levels }) => {
    for (const { forSeconds } of levels) expect(forSeconds).toBeGreaterThanOrEqual(60)
  })
})

import { describe, expect, it } from 'vitest'
import { nativeComponents } from './component-table.ts'
import { renderScreen } from './screen.ts'
import type { ComponentStatus } from './supervisor.ts'

function statuses(loki: Pick<ComponentStatus, 'state' | 'detail'>): readonly ComponentStatus[] {
  return nativeComponents.map(({ name }) => ({
    name,
    sinceMs: 0,
    pid: 1,
    restarts: 0,
    state: 'up',
    detail: '',
    ...(name === 'loki' && loki),
  }))
}

function screen(loki: Pick<ComponentStatus, 'state' | 'detail'>, requestsPerSecond = 30): string {
  return renderScreen({
    url: (component, port) => `http://${component}${port === undefined ? '' : `-${port}`}`,
    statuses: statuses(loki),
    elapsedMs: 4321,
    alertTimeScale: 0.2,
    requestsPerSecond,
    tokenFile: '.cirrus/secrets/api-token',
    directory: '.cirrus',
  })
}

describe('renderScreen', () => {
  it('shows what runs, where, and what to try', async () => {
    await expect(screen({ state: 'up', detail: '' })).toMatchFileSnapshot(
      '../test/screen.golden.txt',
    )
  })

  it('says that Loki is being built and where the lines wait', () => {
    const text = screen({ state: 'preparing', detail: 'building, 1 of 2 packages, 3 s' })
    expect(text).toContain('Loki is not up yet (building, 1 of 2 packages, 3 s). The shipper keeps')
  })

  it('says why there is no Loki', () => {
    const text = screen({ state: 'absent', detail: 'loki is not on PATH' })
    expect(text).toContain('Loki is missing, so there are no logs to search: loki is not on PATH')
  })

  it('says that nobody visits the sites', () => {
    expect(screen({ state: 'up', detail: '' }, 0)).toContain('There is no demo traffic.')
  })
})

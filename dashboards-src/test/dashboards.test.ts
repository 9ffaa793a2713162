import { describe, expect, it } from 'vitest'
import { dashboards, renderDashboards } from '../src/index.ts'

interface GridPosition {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

interface PanelJson {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description?: string
  readonly gridPos: GridPosition
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } }
  readonly targets?: readonly { readonly refId: string; readonly expr: string }[]
}

interface DashboardJson {
  readonly uid: string
  readonly editable: boolean
  readonly tags: readonly string[]
  readonly panels: readonly PanelJson[]
  readonly templating: { readonly list: readonly { readonly name: string }[] }
}

const rendered = [...renderDashboards()].map(([path, text]) => {
  const json: DashboardJson = JSON.parse(text)
  return { path, text, json, panels: json.panels.filter(({ type }) => type !== 'row') }
})

function overlap(a: GridPosition, b: GridPosition): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

describe('renderDashboards', () => {
  it('makes one file per dashboard, named for its uid', () => {
    expect(rendered.map(({ path }) => path)).toEqual([
      'grafana/dashboards/overview/on-call-home.json',
      'grafana/dashboards/overview/fleet-overview.json',
      'grafana/dashboards/edge/edge-traffic.json',
      'grafana/dashboards/edge/origin-health.json',
      'grafana/dashboards/edge/certificates.json',
      'grafana/dashboards/edge/traffic-cost.json',
      'grafana/dashboards/platform/nodes.json',
      'grafana/dashboards/platform/api.json',
      'grafana/dashboards/platform/workers.json',
      'grafana/dashboards/platform/log-pipeline.json',
      'grafana/dashboards/platform/slos.json',
    ])
    expect(rendered.map(({ json }) => json.uid)).toEqual(dashboards.map(({ uid }) => uid))
  })

  it('is the same every time', () => {
    expect([...renderDashboards().values()]).toEqual(rendered.map(({ text }) => text))
  })

  it('makes a panel as Grafana knows it', async () => {
    const traffic = rendered.find(({ json }) => json.uid === 'edge-traffic')
    const errorRatio = traffic?.panels.find(({ id }) => id === 3)
    await expect(`${JSON.stringify(errorRatio, undefined, 2)}\n`).toMatchFileSnapshot(
      'golden/error-ratio-panel.json.txt',
    )
  })
})

describe('on-call-home', () => {
  it('links to dashboards that exist, and keeps time and variables', () => {
    const [home] = rendered
    const links = [...(home?.text ?? '').matchAll(/\(\/d\/([\w-]+)\?([^)]*)\)/g)]
    const uids = dashboards.map(({ uid }) => uid)
    expect(links.length).toBeGreaterThan(5)
    for (const [, uid, query] of links) {
      expect(uids).toContain(uid)
      expect(query).toBe('${__url_time_range}&${__all_variables}')
    }
  })
})

describe.each(rendered)('$path', ({ json, panels }) => {
  it('is marked as generated and cannot be edited', () => {
    expect(json.editable).toBe(false)
    expect(json.tags).toContain('generated')
  })

  it('has unique positive ids for panels and rows', () => {
    const ids = json.panels.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toBeGreaterThan(0)
  })

  it('has panels that do not overlap and stay within 24 columns', () => {
    for (const [index, { gridPos }] of json.panels.entries()) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24)
      const clashes = json.panels
        .slice(index + 1)
        .filter((other) => overlap(gridPos, other.gridPos))
      expect(clashes).toEqual([])
    }
  })

  it('describes every panel and gives numbers a unit', () => {
    for (const { type, title, description, fieldConfig } of panels) {
      expect([title, description]).toEqual([title, expect.stringMatching(/^[A-Z].*\.$/)])
      if (type !== 'logs' && type !== 'text')
        expect([title, fieldConfig?.defaults.unit]).not.toEqual([title, undefined])
    }
  })

  it('names the queries of a panel A, B, C', () => {
    for (const { targets = [], type } of panels) {
      const names = targets.map(({ refId }) => refId)
      if (type === 'text') expect(names).toEqual([])
      else expect(names).toEqual(['A', 'B', 'C', 'D'].slice(0, Math.max(1, names.length)))
    }
  })

  it('uses only variables it has', () => {
    const known = new Set([
      ...json.templating.list.map(({ name }) => name),
      '__rate_interval',
      '__auto',
    ])
    const used = panels.flatMap(({ targets = [] }) =>
      targets.flatMap(({ expr }) => [...expr.matchAll(/\$(\w+)/g)].map((match) => match[1] ?? '')),
    )
    expect(used.filter((name) => !known.has(name))).toEqual([])
  })
})

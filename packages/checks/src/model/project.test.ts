import { describe, expect, it } from 'vitest'
import { alertFile, dashboard, panel } from '../../test/found-by.ts'
import { readProject } from './project.ts'

function read(path: string, content: string | object) {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return readProject([{ path, text }])
}

const queriesOf = (content: string | object): readonly string[] =>
  read('file', content).queries.map(({ language, text }) => `${language} ${text.value}`)

describe('readProject', () => {
  const model = dashboard([panel('up')])

  it.each([
    ['as Grafana provisions them', model],
    ['as the HTTP API wraps them', { dashboard: model, meta: {} }],
    [
      'as manifests of version 1',
      { apiVersion: 'dashboard.grafana.app/v1beta1', metadata: { name: 'x' }, spec: model },
    ],
    ['within a collapsed row', dashboard([{ type: 'row', panels: [panel('up')] }])],
    ['as old as rows', dashboard([], { panels: undefined, rows: [{ panels: [panel('up')] }] })],
    [
      'as YAML',
      `title: A\nschemaVersion: 1\npanels:\n- targets: [{expr: up, datasource: {type: prometheus}}]\n`,
    ],
  ])('reads dashboards %s', (_, content) => {
    expect(queriesOf(content)).toEqual(['promql up'])
  })

  it('reads manifests of version 2', () => {
    const query = {
      kind: 'DataQuery',
      group: 'loki',
      datasource: { name: 'l' },
      spec: { expr: '{a="b"}', legendFormat: 'x' },
    }
    const element = {
      kind: 'Panel',
      spec: {
        id: 3,
        title: 'Lines',
        data: {
          kind: 'QueryGroup',
          spec: { queries: [{ kind: 'PanelQuery', spec: { refId: 'A', query } }] },
        },
        vizConfig: {
          kind: 'VizConfig',
          group: 'stat',
          spec: { fieldConfig: { defaults: { unit: 's' } } },
        },
      },
    }
    const position = {
      x: 1,
      y: 2,
      width: 3,
      height: 4,
      element: { kind: 'ElementReference', name: 'panel-3' },
    }
    const manifest = {
      apiVersion: 'dashboard.grafana.app/v2beta1',
      kind: 'Dashboard',
      metadata: { name: 'lines' },
      spec: {
        title: 'All lines',
        elements: { 'panel-3': element },
        layout: {
          kind: 'GridLayout',
          spec: { items: [{ kind: 'GridLayoutItem', spec: position }] },
        },
        variables: [
          { kind: 'QueryVariable', spec: { name: 'app', query: { spec: { query: 'q' } } } },
        ],
      },
    }
    const { dashboards, queries } = read('v2.json', manifest)
    expect(queries.map(({ language, text }) => `${language} ${text.value}`)).toEqual([
      'logql {a="b"}',
    ])
    expect(dashboards).toMatchObject([
      {
        uid: { value: 'lines' },
        title: 'All lines',
        variables: [{ value: 'app' }],
        panels: [
          {
            id: { value: 3 },
            kind: 'stat',
            title: 'Lines',
            unit: { value: 's' },
            grid: { x: 1, y: 2, w: 3, h: 4 },
            targets: [{ refId: { value: 'A' }, legend: { value: 'x' } }],
          },
        ],
      },
    ])
  })

  it.each([
    [{ type: 'loki', uid: 'x' }, {}, 'logql'],
    ['$ds', { templating: { list: [{ name: 'ds', type: 'datasource', query: 'loki' }] } }, 'logql'],
    ['${DS}', { __inputs: [{ name: 'DS', type: 'datasource', pluginId: 'prometheus' }] }, 'promql'],
    ['Prometheus', {}, 'promql'],
    [null, {}, undefined],
    [{ type: 'mysql', uid: 'x' }, {}, undefined],
  ])('tells the language of a panel by %j and %j', (datasource, more, language) => {
    const { queries } = read('d.json', dashboard([{ ...panel('up'), datasource }], more))
    expect(queries[0]?.language).toBe(language)
  })

  it('prefers the data source of a query to that of its panel', () => {
    const mixed = {
      ...panel('up', { datasource: { type: 'loki', uid: 'l' } }),
      datasource: '-- Mixed --',
    }
    expect(queriesOf(dashboard([mixed]))).toEqual(['logql up'])
  })

  it('reads rules at the top, below a PrometheusRule, and in several documents', () => {
    const text = String(alertFile('up')['rules.yaml'])
    expect(queriesOf(text)).toEqual(['promql up'])
    expect(queriesOf(`kind: PrometheusRule\nspec:\n${text.replaceAll(/^/gm, '  ')}`)).toEqual([
      'promql up',
    ])
    expect(queriesOf(`namespace: a\n${text}---\n${text}`)).toHaveLength(2)
  })

  it.each([
    ['sum(rate({app="x"} [5m]))', 'rules.yaml', 'logql'],
    ['{job="x"} |= "y"', 'rules.yaml', 'logql'],
    ['rate(x{a="{b}"}[5m])', 'rules.yaml', 'promql'],
    ['rate({__name__=~"x.*"}[5m])', 'rules.yaml', 'promql'],
    ['{"my.metric"}', 'rules.yaml', 'promql'],
    ['1 > bool 0', 'loki/rules/fake/a.yaml', 'logql'],
    ['rate(x[5m])', 'loki/rules/fake/a.yaml', 'promql'],
  ])('tells the language of the rule %s in %s', (expr, path, language) => {
    const text = JSON.stringify({ groups: [{ name: 'a', rules: [{ alert: 'A', expr }] }] })
    expect(read(path, text).ruleFiles.map((file) => file.language)).toEqual([language])
  })

  it('lists what is neither', () => {
    expect(read('values.yaml', 'groups: {a: 1}\n').foreign).toEqual(['values.yaml'])
    expect(read('package.json', { panels: [1], title: 'no dashboard' }).foreign).toEqual([
      'package.json',
    ])
  })
})

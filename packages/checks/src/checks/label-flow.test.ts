import { describe, expect, it } from 'vitest'
import { alertFile, dashboard, foundBy, panel } from '../../test/found-by.ts'

const says = (text: string): readonly string[] => ['annotations:', `  summary: '${text}'`]

describe('label-flow', () => {
  it.each([
    ['sum by (host) (x) > 1', '{{ $labels.instance }}', ['instance']],
    ['sum by (host) (x) > 1', '{{ $labels.host }} {{ .Labels.pod }}', ['pod']],
    ['sum(x) > 1', '{{ index $labels "host" }}', ['host']],
    ['sum by (host) (x) > 1', '{{ $labels.host }}', []],
    ['x > 1', '{{ $labels.anything }}', []],
    ['sum by (host) (x) > 1', '{{ if $labels.pod }}{{ $labels.pod }}{{ end }}', []],
    ['sum by (', '{{ $labels.pod }}', []],
    ['sum by (host) (x) > 1', '{{ $labels.a', []],
  ])('compares %s with %s', (expr, text, lacking) => {
    const found = foundBy('label-flow', alertFile(expr, says(text)))
    expect(found.map((line) => /label "(\w+)"/.exec(line)?.[1])).toEqual(lacking)
  })

  it('says where, and what there is instead', () => {
    expect(
      foundBy('label-flow', alertFile('sum by (host) (x) > 1', says('is {{ $labels.pod }}'))),
    ).toEqual([
      'rules.yaml:7:27 "summary" of Demo names the label "pod", which the query cannot have: it has host.',
    ])
  })

  it('knows that labels of the rule are no labels of the query', () => {
    const more = ['labels: { severity: page }', ...says('{{ $labels.severity }}')]
    expect(foundBy('label-flow', alertFile('sum(x) > 1', more))).toHaveLength(1)
  })

  it('follows log queries', () => {
    const expr = `'sum by (host) (rate({app="x"} | json [5m])) > 1'`
    expect(foundBy('label-flow', alertFile(expr, says('{{ $labels.app }}')))).toHaveLength(1)
    expect(foundBy('label-flow', alertFile(expr, says('{{ $labels.host }}')))).toEqual([])
  })

  it.each([
    ['sum by (host) (x)', '{{pod}}', 1],
    ['sum by (host) (x)', '{{ host }} of {{$by}}', 0],
    ['sum by ($by) (x)', '{{pod}}', 0],
    ['x', '{{pod}}', 0],
  ])('compares the panel %s with its legend %s', (expr, legendFormat, count) => {
    const given = { 'd.json': dashboard([panel(expr, { legendFormat })]) }
    expect(foundBy('label-flow', given)).toHaveLength(count)
  })

  it('leaves legends of tables alone, which have no effect', () => {
    const given = {
      'd.json': dashboard([panel('sum(x)', { legendFormat: '{{pod}}', format: 'table' })]),
    }
    expect(foundBy('label-flow', given)).toEqual([])
  })

  it('compares links with all queries of a panel', () => {
    const links = [{ url: '/d/x?var-host=${__field.labels.host}&var-pod=${__field.labels.pod}' }]
    const one = { ...panel('sum by (host) (x)'), fieldConfig: { defaults: { links } } }
    expect(foundBy('label-flow', { 'd.json': dashboard([one]) })).toEqual([
      expect.stringContaining('names the label "pod"'),
    ])
    const both = {
      ...one,
      targets: ['sum by (host) (x)', 'sum by (pod) (x)'].map((expr) => ({ expr })),
    }
    expect(foundBy('label-flow', { 'd.json': dashboard([both]) })).toEqual([])
    const mixed = { ...one, targets: [{ expr: 'sum(x)' }, { rawSql: 'select 1' }] }
    expect(foundBy('label-flow', { 'd.json': dashboard([mixed]) })).toEqual([])
  })
})

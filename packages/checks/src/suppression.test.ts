import { describe, expect, it } from 'vitest'
import { checkFiles } from './index.ts'
import { type Suppression, isPathLike } from './suppression.ts'

const rule = (name: string, comment = ''): readonly string[] => [
  ...(comment ? [`      ${comment}`] : []),
  `      - alert: ${name}`,
  '        expr: sum by (host (up)',
]

function check(lines: readonly string[], suppressions: readonly Suppression[] = []) {
  const text = ['groups:', '  - name: a', '    rules:', ...lines, ''].join('\n')
  const result = checkFiles({
    files: [{ path: 'rules/r.yaml', text }],
    suppressions,
    context: { complete: true },
  })
  const found = result.findings
    .filter(({ check: name }) => name !== 'orphan')
    .map(({ check: name, line, what }) => `${line} ${name}: ${what}`)
  return { found, suppressed: result.suppressed }
}

const hit = (line: number) => expect.stringMatching(new RegExp(`^${line} promql-syntax: `))

describe('comments that suppress', () => {
  it('are about the block that follows', () => {
    const comment = '# cirrus-check: disable=promql-syntax reason="an example of a mistake"'
    expect(check([...rule('A', comment), ...rule('B')])).toEqual({ found: [hit(8)], suppressed: 1 })
  })

  it('end where their group ends', () => {
    const comment = '# cirrus-check: disable=promql-syntax reason="an example of a mistake"'
    const next = ['  - name: b', '    rules:', ...rule('B')]
    expect(check([...rule('A', comment), ...next])).toEqual({ found: [hit(10)], suppressed: 1 })
  })

  it('are about their line when they stand behind something', () => {
    const [name = '', expr = ''] = rule('A')
    const lines = [name, `${expr} # cirrus-check: disable=promql-syntax reason=example`]
    expect(check(lines)).toEqual({ found: [], suppressed: 1 })
  })

  it('are about a whole file at its top', () => {
    const text = [
      '# cirrus-check: disable=promql-syntax reason="examples"',
      'groups:',
      '- name: a',
      '  rules:',
      '  - {alert: A, expr: "sum("}',
    ].join('\n')
    expect(checkFiles({ files: [{ path: 'r.yaml', text }] })).toMatchObject({
      findings: [],
      suppressed: 1,
    })
  })

  it('have no effect without a reason', () => {
    const { found } = check(rule('A', '# cirrus-check: disable=promql-syntax'))
    expect(found).toEqual([
      '4 suppression: The suppression of "promql-syntax" gives no reason.',
      hit(6),
    ])
  })

  it('are found when they suppress nothing, or nothing that exists', () => {
    const comment = '# cirrus-check: disable=label-flow,nonsense reason="who knows"'
    const { found } = check(rule('A', comment))
    expect(found).toEqual([
      '4 suppression: Nothing is suppressed here for "label-flow".',
      '4 suppression: No check is called "nonsense".',
      hit(6),
    ])
  })
})

describe('configured suppressions', () => {
  const place = { file: 'cirrus.yaml', line: 3, column: 5 }
  const all = { check: 'promql-syntax', reason: 'examples', place }

  it.each([
    [all, 1],
    [{ ...all, file: 'rules/*.yaml' }, 1],
    [{ ...all, file: '*.yaml' }, 0],
    [{ ...all, match: 'Cannot read on' }, 1],
    [{ ...all, match: 'something else' }, 0],
    [{ ...all, check: 'label-flow' }, 0],
  ])('%j', (suppression, suppressed) => {
    expect(check(rule('A'), [suppression])).toEqual({
      found: suppressed === 1 ? [] : [expect.stringContaining('Nothing is suppressed'), hit(5)],
      suppressed,
    })
  })

  it('are not called unused while only some files are checked', () => {
    expect(checkFiles({ files: [], suppressions: [all] }).findings).toEqual([])
  })

  it('are not called unused when their check could not run', () => {
    const suppressions = [{ ...all, check: 'unknown-metric' }]
    expect(checkFiles({ files: [], suppressions, context: { complete: true } }).findings).toEqual(
      [],
    )
  })
})

describe('isPathLike', () => {
  it.each([
    ['a/b.json', 'a/b.json', true],
    ['a/b.json', 'a/*.json', true],
    ['a/b/c.json', 'a/*.json', false],
    ['a/b/c.json', 'a/**/*.json', true],
    ['a/c.json', 'a/**/*.json', true],
    ['a/b+c.json', 'a/b+c.json', true],
    ['a/bxjson', 'a/b.json', false],
    ['a/b/c.json', '**', true],
  ])('compares %s with %s', (path, pattern, expected) => {
    expect(isPathLike(path, pattern)).toBe(expected)
  })
})

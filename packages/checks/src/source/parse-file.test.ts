import { describe, expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'
import { type Tree, at, itemsAt, textAt } from './tree.ts'

function parse(path: string, text: string): Tree | undefined {
  return parseFile({ path, text }).documents[0]
}

function placeOf(tree: Tree | undefined, key: string, part: string): string | undefined {
  const text = textAt(tree, key)
  const place = text?.place(text.value.indexOf(part))
  return place && `${place.line}:${place.column}`
}

describe('parseFile', () => {
  it.each([
    ['plain', 'a: sum(up)\n', '1:8'],
    ['in single quotes', "a: 'sum(up)'\n", '1:9'],
    ['in double quotes', 'a: "sum(up)"\n', '1:9'],
    ['in a block', 'a: |-\n    sum(\n      up\n    )\n', '3:7'],
    ['in a block that begins with a blank line', 'a: |2\n\n  sum(\n    up)\n', '4:5'],
    ['in a block with Windows line ends', 'a: |\r\n  sum(\r\n    up)\r\n', '3:5'],
    ['behind an escape, which is at the start of the text', 'a: "\\tsum(up)"\n', '1:4'],
    ['folded, which is at the start of the text', 'a: >-\n  sum(\n  up)\n', '1:4'],
  ])('knows where a part of a YAML text stands: %s', (_, text, place) => {
    expect(placeOf(parse('r.yaml', text), 'a', 'up')).toBe(place)
  })

  it.each([
    ['{"a": "sum(up)"}', '1:12'],
    ['{\n  "a": "sum\\n\\u0028 \\"up)"\n}', '2:23'],
    ['\u{feff}{"a":"up"}', '1:8'],
  ])('knows where a part of a JSON text stands: %j', (text, place) => {
    expect(placeOf(parse('d.json', text), 'a', 'up')).toBe(place)
  })

  it('reads what is JSON as YAML when its name says so', () => {
    expect(placeOf(parse('r.yml', '{a: "sum(up)"}'), 'a', 'up')).toBe('1:10')
  })

  it('follows aliases and merges, without going in circles', () => {
    const tree = parse('r.yaml', 'base: &b {x: 1, y: 2}\nlist: &l [*b, {<<: *b, y: 3}, *l]\n')
    const [alias, merged, itself] = itemsAt(tree, 'list')
    expect(textAt(alias, 'x')?.value).toBe('1')
    expect([textAt(merged, 'x')?.value, textAt(merged, 'y')?.value]).toEqual(['1', '3'])
    expect(itself).toBeUndefined()
  })

  it('reads all documents of a file', () => {
    expect(parseFile({ path: 'r.yaml', text: 'a: 1\n---\nb: 2\n' }).documents).toHaveLength(2)
  })

  it('reads every kind of JSON value', () => {
    const tree = parse('d.json', '{"a": [1.5e3, -2, true, false, null, "", {}, []]}')
    const kinds = itemsAt(tree, 'a').map((item) =>
      item.kind === 'scalar' ? item.value : item.kind,
    )
    expect(kinds).toEqual([1500, -2, true, false, null, '', 'map', 'list'])
    expect(at(tree, 'a', 'b')).toBeUndefined()
  })

  it.each(['{"a": 01x}', '{"a" 1}', '{a: 1}', '{"a": 1} 2', '{"a": "\n"}', '{"a": tru}', '{'])(
    'names the place from which on %j is no JSON',
    (text) => {
      const { documents, problems } = parseFile({ path: 'd.json', text })
      expect([documents.length, problems.length]).toEqual([0, 1])
    },
  )
})

import { describe, expect, it } from 'vitest'
import { dashboard, foundBy, panel } from '../../test/found-by.ts'

const templating = { list: [{ name: 'job', type: 'query', query: 'label_values(up, job)' }] }

describe('undefined-variable', () => {
  it.each([
    ['up{job=~"$job"}', []],
    ['up{job=~"${job:regex}", pod="[[pod]]"}', ['$pod']],
    ['up{job=~"^a$|^b$"}', []],
    ['rate(x[$__rate_interval]) > ${limit}', ['$limit']],
    ['label_replace(up, "a", "$1", "b", "(.*)")', []],
    ['$pod + $pod', ['$pod']],
    ['label_replace(up, "a", "{{ $x }}", "b", "$pod")', ['$pod']],
  ])('judges %s', (expr, names) => {
    const found = foundBy('undefined-variable', {
      'd.json': dashboard([panel(expr)], { templating }),
    })
    expect(found.map((text) => /variable (\S+)/.exec(text)?.[1])).toEqual(names)
  })
})

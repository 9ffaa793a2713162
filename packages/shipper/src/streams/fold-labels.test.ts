import { describe, expect, it } from 'vitest'
import { type Fold, type StreamLabels, foldLabels } from './fold-labels.ts'

function fold(claims: StreamLabels): { labels: StreamLabels; folds: Fold[] } {
  const folds: Fold[] = []
  return { labels: foldLabels(claims, (one) => folds.push(one)), folds }
}

describe('foldLabels', () => {
  it('keeps what the catalog knows, in its order, and leaves out what is absent', () => {
    const { labels, folds } = fold({ domain: 'a.test', team: 'newsroom', service: 'edge' })
    expect(JSON.stringify(labels)).toBe('{"service":"edge","team":"newsroom","domain":"a.test"}')
    expect(folds).toEqual([])
  })

  it('replaces values outside the closed sets and tells of each', () => {
    const { labels, folds } = fold({ service: 'edge', env: 'prod', business: 'news' })
    expect(labels).toEqual({ service: 'edge', env: '__other__', business: 'news' })
    expect(folds).toEqual([{ label: 'env', value: 'prod' }])
  })

  it.each(['a b', 'A.test', '-a', '', 'x'.repeat(300), '{a="b"}', 'ä.test'])(
    'takes no domain that is no host name (%j)',
    (domain) => expect(fold({ domain }).labels.domain).toBe('__other__'),
  )

  it.each(['a.test', '*.a.test', '__unknown__', '__other__', 'xn--a.test'])(
    'takes %s as a domain',
    (domain) => expect(fold({ domain })).toEqual({ labels: { domain }, folds: [] }),
  )
})

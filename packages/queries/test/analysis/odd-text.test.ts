import { describe, expect, it } from 'vitest'
import { analyzeLogql, analyzePromql } from '../../src/index.ts'
import { createChance } from './chance.ts'
import { randomLogql } from './random-logql.ts'
import { randomPromql } from './random-promql.ts'

const SEED = 4
const scraps = [
  '$x',
  '${y:regex}',
  '[[z]]',
  '"',
  '`',
  '{',
  ')',
  '#',
  '$',
  '\\',
  '\u0000',
  '🙂',
  ' by (',
  '[5m]',
  '__proto__',
] as const

/** The text with something put in, taken out or doubled. */
function spoil(text: string, at: number, scrap: string): string {
  return `${text.slice(0, at)}${scrap}${text.slice(at + (at % 3))}`
}

describe('odd text', () => {
  it('never makes an analysis throw, nor point outside of the text', () => {
    const chance = createChance(SEED)
    for (let done = 0; done < 1500; done += 1) {
      const isLogs = done % 2 === 0
      const text = isLogs ? randomLogql(chance) : randomPromql(chance, 2)
      const spoilt = spoil(text, chance.below(text.length), chance.pick(scraps))
      const { problems, selectors } = isLogs ? analyzeLogql(spoilt) : analyzePromql(spoilt)
      for (const { from, to } of [...problems, ...selectors]) {
        expect([spoilt, from >= 0 && from <= to && to <= spoilt.length]).toEqual([spoilt, true])
      }
    }
  })

  it('is read as far as people write', () => {
    const sum = Array.from({ length: 200 }, () => 'rate(up{a="x"}[5m])').join(' + ')
    expect(analyzePromql(sum)).toMatchObject({ type: 'instant vector', problems: [] })
    const pipeline = `{a="x"}${' |= "word" | b="y"'.repeat(60)}`
    expect(analyzeLogql(pipeline)).toMatchObject({ type: 'logs', problems: [] })
  })

  it.each([
    ['nothing', ''],
    ['a comment', '# up'],
    ['brackets', '('.repeat(50_000)],
    ['deep brackets', `${'('.repeat(5000)}up${')'.repeat(5000)}`],
    ['a long sum', Array.from({ length: 5000 }, () => 'up').join(' + ')],
    ['a sum just short enough', Array.from({ length: 500 }, () => '1').join('+')],
    ['calls just flat enough', `${'abs('.repeat(99)}up${')'.repeat(99)}`],
    ['many equals', Array.from({ length: 5000 }, () => 'up').join(' == ')],
    ['many unequals', `{a="x"}${' != "y"'.repeat(5000)}`],
    ['many offsets', `up${' offset 5m'.repeat(5000)}`],
    ['many signs', `${'-'.repeat(5000)}up`],
    ['a pattern that explodes', 'up{a=~"(((a{30}){30}){30}){30}"}'],
    ['a long pattern', `up{a=~"${'(a|b)*'.repeat(5000)}"}`],
    ['many filters', `{a="x"}${' |= "y"'.repeat(5000)}`],
  ])('%s takes no time and no stack', (_, text) => {
    const startMs = performance.now()
    expect(() => [analyzePromql(text), analyzeLogql(text)]).not.toThrow()
    // Hundredths of it on an idle machine.
    expect(performance.now() - startMs).toBeLessThan(10_000)
  })
})

import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checks, suppressionCheck } from '../src/index.ts'

const directory = fileURLToPath(new URL('..', import.meta.url))
const all = [suppressionCheck, ...checks]
const readme = readFileSync(`${directory}/README.md`, 'utf8')

describe('checks', () => {
  it('have names and codes of their own, in order', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    const codes = all.map(({ code }) => code)
    expect(codes).toEqual([...new Set(codes)].toSorted())
  })

  it.each(all)(
    '$name has a page that begins with what it is',
    ({ name, code, severity, title }) => {
      const page = readFileSync(`${directory}/docs/${name}.md`, 'utf8')
      expect(page.split('\n').slice(0, 3)).toEqual([
        `# ${name}`,
        '',
        `${code} · ${severity} · ${title}.`,
      ])
    },
  )

  it.each(all)('$name has a row in the README', ({ name, code, severity }) => {
    expect(readme).toMatch(
      new RegExp(`^\\| ${code} \\| \\[${name}\\]\\(docs/${name}\\.md\\) \\| ${severity} \\|`, 'm'),
    )
  })

  it.each(checks)('$name has a test beside it', ({ name }) => {
    expect(readdirSync(`${directory}/src/checks`)).toContain(`${name}.test.ts`)
  })

  it('have no page too many', () => {
    const pages = readdirSync(`${directory}/docs`).map((file) => file.replace('.md', ''))
    expect(pages.toSorted()).toEqual(all.map(({ name }) => name).toSorted())
  })
})

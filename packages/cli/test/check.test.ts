import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '@cirrus/config'
import { CommanderError } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { CheckPathError } from '../src/check/errors.ts'
import { createProgram } from '../src/program.ts'
import type { Shell } from '../src/shell.ts'

const checkout = fileURLToPath(new URL('../../..', import.meta.url))
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cirrus-check-'))
})
afterEach(() => rm(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly out: string
}

/** Runs `cirrus check`; the exit code is that of a process that runs to its end. */
async function check(root: string, ...args: readonly string[]): Promise<Ended> {
  let code = 0
  let out = ''
  const shell: Shell = {
    root,
    env: {},
    out: (text) => {
      out += text
    },
    err: () => {},
    now: () => new Date(0),
    exit: (wanted) => {
      code = wanted
    },
    isInteractive: false,
    signal: new AbortController().signal,
  }
  const program = await createProgram(shell, 'check')
  await program.parseAsync(['check', ...args], { from: 'user' })
  return { code, out: out.replaceAll(folder, '') }
}

async function write(file: string, text: string): Promise<string> {
  const path = join(folder, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  return path
}

const rules = `groups:
  - name: shop
    interval: 1m
    rules:
      - alert: ShopErrors
        expr: sum by (host) (rate(errors_total[30s])) > 1
        for: 10s
        labels: { severity: ticket }
        annotations:
          summary: "<{{ $labels.pod }}> fails"
`

describe('cirrus check without paths', () => {
  it('finds nothing wrong with what we generate', async () => {
    const { code, out } = await check(checkout)
    expect(out).toMatch(/^no findings in \d+ files; \d+ suppressed/)
    expect(code).toBe(0)
  })

  it('shows what is only worth knowing when asked, at the catalog entry', async () => {
    for (const path of ['cirrus.yaml', 'alerts/runbooks', 'loki/rules', 'packages/catalog/src']) {
      await cp(join(checkout, path), join(folder, path), { recursive: true })
    }
    await write('grafana/dashboards/readme.json', '{}')
    await write('prometheus/rules/readme.yaml', '{}')
    const { code, out } = await check(folder, '--severity', 'info')
    expect(out).toMatch(/^packages\/catalog\/src\/worker-metrics\.ts$/m)
    expect(out).toMatch(
      /^ {2}\d+:5 {2}info {2}orphan: No panel and no rule uses the metric cirrus_jobs_total\.$/m,
    )
    expect(code).toBe(3)
  })

  it('looks at the checkout, with its catalog, runbooks and settings', async () => {
    for (const path of [
      'cirrus.yaml',
      'alerts/runbooks',
      'grafana/dashboards',
      'prometheus/rules',
    ]) {
      await cp(join(checkout, path), join(folder, path), { recursive: true })
    }
    await cp(join(checkout, 'loki/rules'), join(folder, 'loki/rules'), { recursive: true })
    await rm(join(folder, 'alerts/runbooks/TargetDown.md'))
    await rm(join(folder, 'grafana/dashboards/edge/certificates.json'))
    const text = await readFile(join(folder, 'prometheus/rules/edge.yaml'), 'utf8')
    await write(
      'prometheus/rules/edge.yaml',
      text.replace('nginx_http_requests_total', 'nginx_requests'),
    )
    await write(
      'cirrus.yaml',
      `${await readFile(join(checkout, 'cirrus.yaml'), 'utf8')}    - { check: short-for, reason: none }\n`,
    )
    const { code, out } = await check(folder)
    expect(out).toContain('error  alert-links: There is no runbook TargetDown.md.')
    expect(out).toContain('error  alert-links: No dashboard has the uid "certificates".')
    expect(out).toContain('warning  unknown-metric: The catalog has no metric "nginx_requests"')
    expect(out).toMatch(
      /^cirrus\.yaml\n {2}\d+:7 {2}warning {2}suppression: Nothing is suppressed here for "short-for"/m,
    )
    expect(code).toBe(3)
  })
})

describe('cirrus check with paths', () => {
  it('prints findings by file: where, what, why and how to mend', async () => {
    const path = await write('rules/shop.yaml', rules)
    await write('rules/values.yaml', 'replicas: 3\n')
    expect(await check(checkout, path)).toEqual({
      code: 3,
      out: `/rules/shop.yaml
  7:14  warning  short-for: "for: 10s" of ShopErrors is shorter than the interval 1m of its group.
      why:  A rule is looked at once per interval, so the alert waits a whole interval whatever "for" says.
      mend: Make "for" a multiple of the interval, or evaluate the group more often.
  10:25  warning  label-flow: "summary" of ShopErrors names the label "pod", which the query cannot have: it has host.
      why:  The text comes out with a hole, or the bare name, where people expect to read what is broken.
      mend: Keep "pod" in the query, for example in its "by (…)", or name a label that it has.

2 warnings in 1 file
`,
    })
  })

  it('walks folders, past what is something else', async () => {
    await write('rules/shop.yaml', rules)
    await write('rules/values.yaml', 'replicas: 3\n')
    await write('rules/notes.txt', 'groups: [')
    await write('rules/.git/shop.yaml', rules)
    expect((await check(checkout, join(folder, 'rules'))).out).toContain('2 warnings in 1 file\n')
  })

  it('leaves out what is milder than asked', async () => {
    const path = await write('shop.yaml', rules)
    expect(await check(checkout, path, '--severity', 'error')).toEqual({
      code: 0,
      out: 'no findings in 1 file; 2 below "error", shown by --severity info\n',
    })
  })

  it('knows more when it is told more', async () => {
    const path = await write('shop.yaml', rules)
    const interval = await check(checkout, path, '--scrape-interval', '20s')
    expect(interval.out).toContain('short-range')
    const catalog = await check(checkout, path, '--catalog', 'cirrus')
    expect(catalog.out).toContain('The catalog has no metric "errors_total"')
    const loki = await check(checkout, path, '--rules', 'loki')
    expect(loki.out).toContain('logql-syntax')
  })

  it('prints JSON', async () => {
    const path = await write('shop.yaml', rules)
    const document = JSON.parse((await check(checkout, path, '--format', 'json')).out)
    expect(document).toMatchObject({ files: 1, suppressed: 0 })
    expect(document.findings[1]).toMatchObject({
      check: 'label-flow',
      code: 'CIR301',
      severity: 'warning',
      line: 10,
      column: 25,
    })
  })

  it('prints SARIF with the page of each check', async () => {
    const path = await write('shop.yaml', rules)
    const { version, runs } = JSON.parse((await check(checkout, path, '--format', 'sarif')).out)
    const [{ tool, results }] = runs
    expect([version, results.length]).toEqual(['2.1.0', 2])
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
      expect(tool.driver.rules[ruleIndex].help.markdown).toMatch(/^# [a-z-]+\n/)
      expect(level).toBe('warning')
      expect(message.text).toMatch(/\.$/)
      expect(locations[0].physicalLocation).toMatchObject({
        artifactLocation: { uri: '/shop.yaml' },
        region: { startLine: expect.any(Number), startColumn: expect.any(Number) },
      })
    }
  })

  it('prints JUnit that XML parsers take', async () => {
    const path = await write('a&b/shop.yaml', rules.replace('<', '<&'))
    const clean = await write(
      'clean.yaml',
      'groups: [{name: a, rules: [{alert: A, expr: up == 0}]}]',
    )
    const { out } = await check(checkout, path, clean, '--format', 'junit')
    expect(out).toContain('<testsuites name="cirrus check" tests="3" failures="2">')
    expect(out).toContain('<testsuite name="/a&amp;b/shop.yaml" tests="2" failures="2">')
    expect(out).toContain('<testcase classname="/clean.yaml" name="no findings"/>')
    expect(out.replace(/&(amp|lt|gt|quot);/g, '')).not.toMatch(/&|="[^"]*<|<[^/?\w]/)
  })
})

describe('cirrus check with wrong arguments', () => {
  it.each([
    ['--format', 'xml'],
    ['--severity', 'bad'],
    ['--scrape-interval', 'often'],
  ])('refuses %s %s', async (...args) => {
    await expect(check(checkout, ...args)).rejects.toThrow(CommanderError)
  })

  it('says so when a path is missing, or holds nothing to check', async () => {
    const values = await write('values.yaml', 'replicas: 3\n')
    await expect(check(checkout, join(folder, 'nowhere'))).rejects.toThrow(CheckPathError)
    await expect(check(checkout, values)).rejects.toThrow(
      /it holds no dashboard and no file of rules/,
    )
    await expect(check(checkout, values, '--runbooks', 'nowhere')).rejects.toThrow(/nowhere/)
  })

  it('wants a reason for each suppression of cirrus.yaml', async () => {
    const yaml = parse(await readFile(join(checkout, 'cirrus.yaml'), 'utf8'))
    await write(
      'cirrus.yaml',
      JSON.stringify({ ...yaml, check: { suppress: [{ check: 'orphan' }] } }),
    )
    await expect(check(folder)).rejects.toThrow(ConfigError)
  })
})

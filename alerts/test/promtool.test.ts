import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { requireServer, runCommand, whyMissing } from '@cirrus/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alertGroups, renderRules } from '../src/index.ts'

const noPromtool = await whyMissing('promtool')
const noAmtool = await whyMissing('amtool')

const options = {
  links: { grafana: 'http://grafana.test', runbooks: 'http://runbooks.test' },
  receiverUrl: 'http://receiver.test',
} as const

const withTests = alertGroups.filter(({ alerts }) =>
  alerts.some(({ signal }) => signal.expr.language === 'promql'),
)

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cirrus-alerts-'))
})
afterAll(() => rm(directory, { recursive: true }))

type Change = (text: string) => string

/** Writes what is generated, rules changed on the way; returns the paths that start with `folder`. */
async function writeFiles(
  folder: string,
  { timeScale = 1, change = (text) => text }: { timeScale?: number; change?: Change } = {},
): Promise<readonly string[]> {
  const files = [...renderRules({ ...options, timeScale })]
  for (const [path, text] of files) {
    const isRule = path.startsWith('prometheus/rules')
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), isRule ? change(text) : text)
  }
  return files.map(([path]) => path).filter((path) => path.startsWith(folder))
}

async function run(
  tool: 'promtool' | 'amtool',
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly text: string }> {
  const result = await runCommand(await requireServer(tool), args, { cwd: directory })
  return { code: result.code, text: result.stdout + result.stderr }
}

describe.skipIf(noPromtool !== undefined)(`promtool (${noPromtool ?? 'found'})`, () => {
  it.each([1, 0.1, 0.01])('accepts the rules at time scale %d', async (timeScale) => {
    const rules = await writeFiles('prometheus/rules', { timeScale })
    const { code, text } = await run('promtool', 'check', 'rules', '--lint-fatal', ...rules)
    expect([code, text]).toEqual([0, expect.stringContaining('SUCCESS')])
  })

  it.each(withTests)(
    'passes every test of $name',
    async ({ name }) => {
      const tests = await writeFiles(`prometheus/tests/${name}.yaml`)
      const { code, text } = await run('promtool', 'test', 'rules', ...tests)
      expect([code, text]).toEqual([0, expect.not.stringContaining('FAILED')])
    },
    120_000,
  )

  it.each<[string, string, Change]>([
    ['a threshold', 'edge', (text) => text.replaceAll('>= 0.02', '>= 0.5')],
    // Four times as long as the others: one is enough.
    ['a burn rate', 'slos', (text) => text.replaceAll('>= 14.4', '>= 15')],
    ['who is blind', 'edge', (text) => text.replaceAll('unless on (job)', 'and on (job)')],
    ['the owner', 'edge', (text) => text.replaceAll('(env, team, business)', '(env, team)')],
    ['the guard against little traffic', 'edge', (text) => text.replaceAll('>= 20)', '>= 0)')],
    ['a text', 'edge', (text) => text.replaceAll('cacheable', 'any')],
    ['the second condition', 'worker', (text) => text.replaceAll('< 1814400', '< 99999999')],
    [
      'how a value is written',
      'shipper',
      (text) => text.replaceAll('humanizeDuration', 'humanize'),
    ],
    ['how long it takes', 'telemetry', (text) => text.replaceAll('for: 3m', 'for: 30s')],
  ])(
    'fails when %s is changed',
    async (_, group, change) => {
      const tests = await writeFiles(`prometheus/tests/${group}.yaml`, { change })
      const { code } = await run('promtool', 'test', 'rules', ...tests)
      expect([tests.length, code]).toEqual([1, 1])
    },
    120_000,
  )
})

describe.skipIf(noAmtool !== undefined)(`amtool (${noAmtool ?? 'found'})`, () => {
  const config = 'prometheus/alertmanager.yaml'

  it('accepts the configuration', async () => {
    await writeFiles('prometheus')
    expect(await run('amtool', 'check-config', config)).toMatchObject({ code: 0 })
  })

  it.each([
    [['team=newsroom', 'severity=page'], 'newsroom-page'],
    [['team=platform', 'severity=ticket'], 'platform-ticket'],
    [['team=media', 'severity=info'], 'media-info'],
    [['severity=page'], 'platform-page'],
    [['team=unheard-of', 'severity=ticket'], 'platform-ticket'],
  ])('routes %j to %s', async (labels, receiver) => {
    await writeFiles('prometheus')
    const test = ['config', 'routes', 'test', `--config.file=${config}`, ...labels]
    expect((await run('amtool', ...test)).text).toContain(`${receiver}\n`)
  })
})

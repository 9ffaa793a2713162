import type { FindingSeverity } from '@cirrus/checks'
import { type Command, Option } from 'commander'
import { toDurationMs } from '../export/flags.ts'
import { type Shell, exitCodes } from '../shell.ts'

const formats = ['text', 'json', 'sarif', 'junit'] as const
const severities = ['error', 'warning', 'info'] as const satisfies readonly FindingSeverity[]
const languages = { prometheus: 'promql', loki: 'logql' } as const

interface Flags {
  readonly format: (typeof formats)[number]
  readonly catalog?: 'cirrus' | 'none'
  readonly severity: FindingSeverity
  readonly rules?: keyof typeof languages
  /** Milliseconds. */
  readonly scrapeInterval?: number
  readonly runbooks?: string
}

/** Adds `cirrus check`: mistakes in our own dashboards and rules, or in anybody's. */
export function addCheck(program: Command, shell: Shell): void {
  program
    .command('check [paths...]')
    .description('Find mistakes in dashboards and rules: our own, or the given files and folders')
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('text'))
    .addOption(
      new Option(
        '--catalog <catalog>',
        'what is known of metrics (default: cirrus for our own, none for given files)',
      ).choices(['cirrus', 'none']),
    )
    .addOption(
      new Option('--severity <severity>', 'exit 3 and print from this severity on')
        .choices(severities)
        .default('warning'),
    )
    .addOption(
      new Option(
        '--rules <server>',
        'who reads the rule files, if not to be told by their queries',
      ).choices(Object.keys(languages)),
    )
    .option('--scrape-interval <duration>', 'how often given metrics are scraped', toDurationMs)
    .option('--runbooks <folder>', 'where the runbooks are that given alerts link to')
    .action((paths: readonly string[], flags: Flags) => check(shell, paths, flags))
}

async function check(shell: Shell, paths: readonly string[], flags: Flags): Promise<void> {
  const { format, severity, rules, scrapeInterval, runbooks } = flags
  const catalog = flags.catalog ?? (paths.length === 0 ? 'cirrus' : 'none')
  // Loaded here, because the parsers take longer than everything else that `cirrus` does at start.
  const { runCheck, isFailed } = await import('../check/run-check.ts')
  const { formatRun } = await import('../check/format-run.ts')
  const run = await runCheck({
    root: shell.root,
    paths,
    severity,
    usesCatalog: catalog === 'cirrus',
    rulesLanguage: rules && languages[rules],
    scrapeIntervalSeconds: scrapeInterval && scrapeInterval / 1000,
    runbooks,
  })
  shell.out(await formatRun(run, format, shell.root))
  if (isFailed(run)) shell.exit(exitCodes.findings)
}

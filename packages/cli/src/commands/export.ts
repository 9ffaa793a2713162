import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import {
  type ReportFormat,
  reportFormats,
  toDurationMs,
  toInstant,
  toPrice,
  toUrl,
} from '../export/flags.ts'
import type { Shell } from '../shell.ts'

interface Flags {
  /** Milliseconds. */
  readonly last: number
  readonly from?: Date
  readonly to?: Date
  readonly domain?: string
  readonly tenant?: string
  readonly out?: string
  readonly pricePerGb: string
  readonly lokiUrl?: string
  readonly format: ReportFormat
}

/** Adds `cirrus export`: access logs from Loki to Parquet, and what the traffic was. */
export function addExport(program: Command, shell: Shell): void {
  const command = program
    .command('export')
    .description('Write access logs from Loki to Parquet, verified, and sum them up by domain')
    .addOption(
      new Option('--last <duration>', 'how much time before --to: 90s, 15m, 6h, 2d')
        .argParser(toDurationMs)
        .default(15 * 60_000, '15m')
        .conflicts('from'),
    )
    .option('--from <time>', 'first instant: 2026-11-01 or 2026-11-01T12:00:00Z', toInstant)
    .option('--to <time>', 'end of the window, excluded (default: now)', toInstant)
    .option('--domain <name>', 'read only this domain')
    .option('--tenant <id>', 'Loki tenant, where Loki has several')
    .option('--out <folder>', 'the warehouse (default: .cirrus/warehouse)')
    .option('--price-per-gb <amount>', 'price of 10^9 bytes sent to clients', toPrice, '0.04')
    .option('--loki-url <url>', 'where Loki is (default: the one that `cirrus up` runs)', toUrl)
    .addOption(new Option('--format <format>').choices(reportFormats).default('table'))
  command.action(async ({ out, lokiUrl, ...flags }: Flags) => {
    const span = chooseSpan(command, flags, shell.now())
    // Loaded here, because DuckDB takes longer than everything else that `cirrus` does at start.
    const { runExport } = await import('../export/run-export.ts')
    await runExport(shell, {
      ...flags,
      ...span,
      dir: out === undefined ? join(shell.root, '.cirrus', 'warehouse') : resolve(out),
      lokiUrl: lokiUrl ?? (await labLoki(shell)),
    })
  })
}

interface Span {
  readonly start: Date
  readonly end: Date
}

function chooseSpan(command: Command, flags: Pick<Flags, 'from' | 'to' | 'last'>, now: Date): Span {
  const end = flags.to ?? now
  const start = flags.from ?? new Date(end.getTime() - flags.last)
  const [from, to] = [start.toISOString(), end.toISOString()]
  if (end > now) command.error(`error: --to is ${to}; it must not be in the future`)
  if (start >= end) command.error(`error: --from is ${from}; it must be before --to, ${to}`)
  return { start, end }
}

async function labLoki({ env }: Shell): Promise<string> {
  const { loadLabSettings } = await import('@cirrus/lab')
  return `http://127.0.0.1:${loadLabSettings(env).ports.get('loki.http')}`
}

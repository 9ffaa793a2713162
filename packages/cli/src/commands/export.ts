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
  readonly last: number
  readonly from?: Date
  readonly to?: Date
  readonly domain?: string
  readonly tenant?: string
  readonly out?: string
  readonly pricePerGb: string
  readonly lokiUrl: string
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
    .option('--loki-url <url>', 'where Loki is', toUrl, 'http://127.0.0.1:3100')
    .addOption(new Option('--format <format>').choices(reportFormats).default('table'))
  command.action(async ({ from, to, last, out, ...flags }: Flags) => {
    const now = shell.now()
    const end = to ?? now
    const start = from ?? new Date(end.getTime() - last)
    if (end > now)
      command.error(`error: --to is ${end.toISOString()}; it must not be in the future`)
    if (start >= end) {
      const [first, last_] = [start.toISOString(), end.toISOString()]
      command.error(`error: --from is ${first}; it must be before --to, ${last_}`)
    }
    // Loaded here, because DuckDB takes longer than everything else that `cirrus` does at start.
    const { runExport } = await import('../export/run-export.ts')
    const dir = out === undefined ? join(shell.root, '.cirrus', 'warehouse') : resolve(out)
    await runExport(shell, { ...flags, start, end, dir })
  })
}

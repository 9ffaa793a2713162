import { join } from 'node:path'
import {
  type ExportOptions,
  type ExportProgress,
  type ExportReport,
  accessLogTable,
  exportAccessLogs,
  isExact,
} from '@cirrus/etl'
import { openDuckDbSink, replaceFile } from '@cirrus/warehouse'
import { type Shell, exitCodes } from '../shell.ts'
import type { ReportFormat } from './flags.ts'
import { describeFindings, formatReport } from './format-report.ts'

type Request = Pick<ExportOptions, 'lokiUrl' | 'tenant' | 'domain' | 'start' | 'end' | 'dir'> & {
  readonly pricePerGb: string
  readonly format: ReportFormat
}

/** Exports, writes `last-export.json` beside the data, and prints what the traffic was. */
export async function runExport(
  shell: Shell,
  { pricePerGb, format, ...request }: Request,
): Promise<void> {
  const sink = await openDuckDbSink({ dir: request.dir, tables: [accessLogTable] })
  try {
    const report = await exportAccessLogs({
      ...request,
      sink,
      prices: { perGb: pricePerGb },
      now: shell.now,
      signal: shell.signal,
      onProgress: (progress) => showProgress(shell, progress),
    })
    await replaceFile(join(request.dir, 'last-export.json'), `${JSON.stringify(report, null, 2)}\n`)
    show(shell, report, format)
  } catch (error) {
    if (!shell.signal.aborted) throw error
    shell.err('Interrupted before anything was read\n')
    shell.exit(exitCodes.findings)
  } finally {
    await sink.close()
  }
}

function showProgress(shell: Shell, { linesRead, linesExpected }: ExportProgress): void {
  // Rewriting one line is for people; a log file would get hundreds.
  if (!shell.isInteractive) return
  const [read, expected] = [linesRead, linesExpected].map((lines) => lines.toLocaleString('en'))
  shell.err(`\rRead ${read} of ${expected} lines`)
}

function show(shell: Shell, report: ExportReport, format: ReportFormat): void {
  if (shell.isInteractive && report.rows > 0) shell.err('\n')
  shell.out(formatReport(report, format))
  shell.err(describeFindings(report))
  shell.exit(isExact(report) ? exitCodes.ok : exitCodes.findings)
}

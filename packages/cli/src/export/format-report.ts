import type { ExportReport, Traffic } from '@cirrus/etl'
import type { ReportFormat } from './flags.ts'

/** A report as text for standard output. */
export function formatReport(report: ExportReport, format: ReportFormat): string {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`
  return format === 'csv' ? formatCsv(report) : formatTable(report)
}

/** What keeps a report from being exact, a line each; empty where nothing does. */
export function describeFindings({ incomplete, unreadable_lines, total }: ExportReport): string {
  const findings = incomplete.map(
    ({ start, end, reason }) => `Incomplete: ${start} to ${end} is in no number; ${reason}`,
  )
  if (unreadable_lines > 0) {
    findings.push(`${unreadable_lines} lines are no access log lines and in no number`)
  }
  if (total.repeated_requests > 0) {
    findings.push(`${total.repeated_requests} requests are counted again: their lines came twice`)
  }
  return findings.map((finding) => `${finding}\n`).join('')
}

const columns = [
  'DOMAIN',
  'TEAM',
  'REQUESTS',
  'PAGE VIEWS',
  'VISITORS',
  'HIT RATIO',
  'ORIGIN RATIO',
  'BYTES',
  'COST',
] as const

const TEXT_COLUMNS = 2

function formatTable({ domains, total, ...report }: ExportReport): string {
  const rows = [
    columns,
    ...domains.map((domain) => [domain.domain, domain.team ?? '-', ...toCells(domain)]),
    ['TOTAL', '', ...toCells(total)],
  ]
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, index))
      .join('  ')
      .trimEnd(),
  )
  const window = `${report.start} to ${report.end}`
  const parts = report.incomplete.length === 0 ? '' : ', in parts'
  return [`Window ${window}${parts}; ${report.price_per_gb} per GB`, '', ...lines, ''].join('\n')
}

function pad(cell: string, width: number, column: number): string {
  return column < TEXT_COLUMNS ? cell.padEnd(width) : cell.padStart(width)
}

function toCells(traffic: Traffic): readonly string[] {
  return [
    traffic.requests.toLocaleString('en'),
    traffic.page_views.toLocaleString('en'),
    traffic.unique_visitors.toLocaleString('en'),
    formatRatio(traffic.hit_ratio),
    formatRatio(traffic.origin_byte_ratio),
    formatBytes(traffic.bytes_out),
    Number(traffic.cost).toFixed(4),
  ]
}

function formatRatio(ratio: number | null): string {
  return ratio === null ? '-' : `${(ratio * 100).toFixed(1)} %`
}

/** In powers of 1000, as bytes are billed. */
function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  const power = bytes === 0 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1)
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}

/** Domains only: sums of a column must not meet a total in it. */
function formatCsv({ domains, total }: ExportReport): string {
  const header = ['domain', 'env', 'team', 'business', ...Object.keys(total)]
  const rows = domains.map((domain) => Object.values(domain).map(quoteCsv))
  return [header, ...rows].map((row) => `${row.join(',')}\n`).join('')
}

function quoteCsv(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

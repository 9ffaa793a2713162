import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { selectAccessLog } from './access-log-query.ts'
import { type ExportOptions, defaultReadLimits } from './export-options.ts'
import type { ExportReport, IncompleteWindow } from './export-report.ts'
import {
  type PlannedWindow,
  type WindowContext,
  type WindowOutcome,
  exportWindow,
} from './export-window.ts'
import { Ledger } from './ledger.ts'
import { LokiClient } from './loki-client.ts'
import { type Span, joinSpans, splitOnGrid } from './span.ts'
import { summarizeTraffic } from './traffic.ts'

/**
 * Reads the access log lines of a stretch of time from Loki into a warehouse and sums them up.
 *
 * Each window is verified against Loki's own count and stored whole, or is `incomplete`: nothing of
 * it is stored then, and its lines are in no number.
 *
 * @throws {LokiUnavailableError} when Loki does not answer at the start; later, windows are incomplete
 * @throws {LokiRefusedError} when Loki will not do what it is asked
 * @throws {LedgerError} when the ledger is damaged
 */
export async function exportAccessLogs(options: ExportOptions): Promise<ExportReport> {
  const { dir, start, end } = options
  await mkdir(dir, { recursive: true })
  const ledger = await Ledger.open(join(dir, 'ledger.jsonl'))
  try {
    const context = createContext(options, ledger)
    const span = { startMs: start.getTime(), endMs: end.getTime() }
    const windows = await plan(context, span)
    const onLines = startProgress(options, windows)
    const outcomes = await exportWindows(windows, { ...context, onLines })
    return await report(options, context, outcomes)
  } finally {
    await ledger.close()
  }
}

type Context = Omit<WindowContext, 'onLines'>

function createContext(options: ExportOptions, ledger: Ledger): Context {
  const { sink, dir, now, domain, tenant } = options
  const limits = { ...defaultReadLimits, ...options.limits }
  const signal = options.signal ?? new AbortController().signal
  const selector = selectAccessLog(domain)
  const client = new LokiClient({
    ...limits,
    url: options.lokiUrl.replace(/\/+$/, ''),
    selector,
    fetch: options.fetch ?? fetch,
    signal,
    ...(tenant !== undefined && { tenant }),
  })
  return {
    client,
    selector,
    sink,
    ledger,
    limits,
    dir,
    now,
    signal,
    domain,
    tenant: tenant ?? 'fake',
  }
}

async function plan({ client, limits }: Context, whole: Span): Promise<readonly PlannedWindow[]> {
  const windows: PlannedWindow[] = []
  for (const span of splitOnGrid(whole, limits.windowMs)) {
    windows.push({ span, lines: await client.countLines(span) })
  }
  return windows
}

/** What to call with the number of lines read since the last call. */
function startProgress(
  { onProgress }: ExportOptions,
  windows: readonly PlannedWindow[],
): (lines: number) => void {
  const linesExpected = windows.reduce((sum, { lines }) => sum + lines, 0)
  let linesRead = 0
  return (lines) => {
    linesRead += lines
    onProgress?.({ linesRead, linesExpected })
  }
}

async function exportWindows(
  windows: readonly PlannedWindow[],
  context: WindowContext,
): Promise<readonly WindowOutcome[]> {
  const outcomes: WindowOutcome[] = []
  let ended: string | undefined
  for (const window of windows) {
    if (ended !== undefined) {
      outcomes.push({ span: window.span, rows: 0, unreadable: 0, failure: `not tried: ${ended}` })
      continue
    }
    const outcome = await exportWindow(context, window)
    outcomes.push(outcome)
    if (outcome.isFinal === true) ended = outcome.failure
  }
  return outcomes
}

async function report(
  { start, end, now, prices }: ExportOptions,
  { sink, tenant, domain }: Context,
  outcomes: readonly WindowOutcome[],
): Promise<ExportReport> {
  const complete = outcomes.filter(({ failure }) => failure === undefined)
  const traffic = await summarizeTraffic(sink, {
    spans: joinSpans(complete.map(({ span }) => span)),
    tenant,
    pricePerGb: prices.perGb,
    ...(domain !== undefined && { domain }),
  })
  const rows = complete.reduce((sum, outcome) => sum + outcome.rows, 0)
  if (rows !== traffic.total.requests) {
    throw new RangeError(`${rows} rows were stored, but ${traffic.total.requests} are found`)
  }
  return {
    time: now().toISOString(),
    start: start.toISOString(),
    end: end.toISOString(),
    tenant,
    domain: domain ?? null,
    price_per_gb: prices.perGb,
    rows,
    unreadable_lines: complete.reduce((sum, { unreadable }) => sum + unreadable, 0),
    incomplete: outcomes.flatMap(toIncomplete),
    ...traffic,
  }
}

function toIncomplete({ span, failure }: WindowOutcome): readonly IncompleteWindow[] {
  if (failure === undefined) return []
  const start = new Date(span.startMs).toISOString()
  return [{ start, end: new Date(span.endMs).toISOString(), reason: failure }]
}

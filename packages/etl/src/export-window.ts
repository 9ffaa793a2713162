import { join } from 'node:path'
import { describeError } from '@cirrus/errors'
import type { Sink, StoredBatch } from '@cirrus/warehouse'
import { accessLogTable } from './access-log-table.ts'
import { LokiUnavailableError } from './errors.ts'
import type { ReadLimits } from './export-options.ts'
import type { Ledger } from './ledger.ts'
import type { LokiClient } from './loki-client.ts'
import { type Span, toWindow } from './span.ts'
import { SpanReader } from './span-reader.ts'
import { SpoolFile } from './spool-file.ts'

/** What all windows of one export share. */
export interface WindowContext {
  readonly client: LokiClient
  readonly selector: string
  readonly sink: Sink
  readonly ledger: Ledger
  readonly limits: ReadLimits
  readonly tenant: string
  readonly domain: string | undefined
  readonly dir: string
  readonly now: () => Date
  readonly signal: AbortSignal
  readonly onLines: (lines: number) => void
}

export interface PlannedWindow {
  readonly span: Span
  /** What Loki counted. */
  readonly lines: number
}

export interface WindowOutcome {
  readonly span: Span
  readonly rows: number
  readonly unreadable: number
  /** Why nothing of it was stored. */
  readonly failure?: string
  /** Whether the next window would fail as well. */
  readonly isFinal?: boolean
}

/** Structured metadata and framing of one entry in an answer, at most; lines are counted apart. */
const ENTRY_OVERHEAD_BYTES = 512

/** Reads one window and stores it whole, or not at all; the ledger says which. */
export async function exportWindow(
  context: WindowContext,
  window: PlannedWindow,
): Promise<WindowOutcome> {
  const { span } = window
  const requestsBefore = context.client.requests
  const spool = await SpoolFile.create(
    join(context.dir, '.spool', `${span.startMs}.ndjson`),
    context.tenant,
  )
  try {
    const problem = await readInto(spool, context, window)
    const stored = problem ? undefined : await store(spool, context, span)
    const outcome = { span, rows: spool.rows, unreadable: spool.unreadable, ...problem }
    await record(context, outcome, { stored, requests: context.client.requests - requestsBefore })
    return outcome
  } finally {
    await spool.remove()
  }
}

type Problem = Pick<WindowOutcome, 'failure' | 'isFinal'>

async function readInto(
  spool: SpoolFile,
  { client, limits, onLines, signal }: WindowContext,
  { span, lines }: PlannedWindow,
): Promise<Problem | undefined> {
  try {
    const maxLines = pageLines(limits, lines, await client.sumBytes(span))
    const reader = new SpanReader(client, maxLines, async (entries) => {
      await spool.append(entries)
      onLines(entries.length)
    })
    const gap = await reader.read(span)
    return gap && { failure: `${describeSpan(gap.span)}: ${gap.reason}` }
  } catch (error) {
    if (signal.aborted) return { failure: 'interrupted', isFinal: true }
    if (!(error instanceof LokiUnavailableError)) throw error
    return { failure: describeError(error), isFinal: true }
  }
}

/** How many lines of the usual size fit into one answer. */
function pageLines(
  { maxPageLines, maxPageBytes }: ReadLimits,
  lines: number,
  bytes: number,
): number {
  if (lines === 0) return maxPageLines
  const perLine = bytes / lines + ENTRY_OVERHEAD_BYTES
  return Math.max(1, Math.min(maxPageLines, Math.floor(maxPageBytes / perLine)))
}

function store(
  spool: SpoolFile,
  { sink, tenant, domain }: WindowContext,
  span: Span,
): Promise<StoredBatch> {
  return sink.loadBatch({
    table: accessLogTable.name,
    slice: {
      window: toWindow(span),
      equals: domain === undefined ? { tenant } : { tenant, domain },
    },
    rowsFile: spool.path,
    rowCount: spool.rows,
  })
}

function record(
  { ledger, now, tenant, selector }: WindowContext,
  { span, rows, unreadable, failure }: WindowOutcome,
  { stored, requests }: { readonly stored: StoredBatch | undefined; readonly requests: number },
): Promise<void> {
  return ledger.append({
    at: now().toISOString(),
    tenant,
    selector: selector,
    start: new Date(span.startMs).toISOString(),
    end: new Date(span.endMs).toISOString(),
    state: failure === undefined ? 'complete' : 'incomplete',
    lines: rows + unreadable,
    unreadable,
    requests,
    ...(stored && { sha256: stored.sha256 }),
    ...(failure !== undefined && { reason: failure }),
  })
}

function describeSpan({ startMs, endMs }: Span): string {
  return `${new Date(startMs).toISOString()} + ${endMs - startMs} ms`
}

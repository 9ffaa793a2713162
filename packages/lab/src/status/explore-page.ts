import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { type Page, header } from './document.ts'
import { html } from './html.ts'
import { logTable } from './log-lines.ts'
import { newestLines } from './loki-client.ts'

interface ExploreOptions {
  readonly parameters: URLSearchParams
  readonly lokiUrl: string
  readonly nowMs: number
}

const LINES = 100

/** The part of Grafana's Explore address that holds the query. */
const panesSchema = Type.Record(
  Type.String(),
  Type.Object({ queries: Type.Array(Type.Object({ expr: Type.String() })) }),
)

/** The newest lines of the query in an address as Grafana's Explore has it. */
export async function explorePage({
  parameters,
  lokiUrl,
  nowMs,
}: ExploreOptions): Promise<Page | undefined> {
  const query = queryOf(parameters)
  if (query === undefined) return undefined
  const lines = await newestLines(lokiUrl, query, { limit: LINES, endMs: nowMs })
  return {
    title: 'Logs',
    body: html`${header(html`<span class="pill off">logs</span>`)}
      <section>
        <pre class="query mono">${query}</pre>
        <div class="card">${logTable(lines)}</div>
      </section>`,
  }
}

/** An address that {@link explorePage} answers. */
export function exploreUrl(query: string): string {
  const panes = { logs: { queries: [{ expr: query }] } }
  return `/explore?${new URLSearchParams({ panes: JSON.stringify(panes) })}`
}

function queryOf(parameters: URLSearchParams): string | undefined {
  try {
    const panes: unknown = JSON.parse(parameters.get('panes') ?? '')
    if (!Value.Check(panesSchema, panes)) return undefined
    return Object.values(panes)[0]?.queries[0]?.expr
  } catch {
    return undefined
  }
}

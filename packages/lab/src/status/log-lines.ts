import { type Html, html } from './html.ts'
import type { LogLine } from './loki-client.ts'
import { formatSeconds } from './quantity.ts'
import type { LogsView } from './status-model.ts'

/** The newest lines of one domain, with tabs for the others. */
export function logSection({ domain, domains, lines }: LogsView): Html {
  const tabs = domains.map(
    (name) =>
      html`<a
        href="/?domain=${encodeURIComponent(name)}#logs"
        ${name === domain ? html`aria-current="true"` : ''}
        >${name}</a
      >`,
  )
  return html`<section id="logs">
    <h2>Logs <span class="tabs">${tabs}</span></h2>
    <div class="card">${logTable(lines)}</div>
  </section>`
}

export function logTable(lines: readonly LogLine[] | undefined): Html {
  if (!lines) return html`<p class="empty">Loki does not answer; lines wait on disk meanwhile.</p>`
  if (lines.length === 0) return html`<p class="empty">No lines in the last hour.</p>`
  return html`<div class="lines">
    <table>
      ${lines.map(row)}
    </table>
  </div>`
}

function row({ timeMs, level, text, request }: LogLine): Html {
  const time = new Date(timeMs).toISOString().slice(11, 23)
  if (!request) {
    return html`<tr>
      <td>${time}</td>
      <td class="${levelInk(level)}"><b>${level}</b></td>
      <td class="path" colspan="5" title="${text}">${text}</td>
    </tr>`
  }
  const { method, path, status, cache, durationSeconds, node } = request
  return html`<tr>
    <td>${time}</td>
    <td class="${statusInk(status)}"><b>${status}</b></td>
    <td class="soft">${method}</td>
    <td class="path" title="${path}">${path}</td>
    <td class="${cacheInk(cache)}">${cache}</td>
    <td class="right">${formatSeconds(durationSeconds)}</td>
    <td class="soft">${node}</td>
  </tr>`
}

function levelInk(level: string): string {
  if (level === 'error' || level === 'fatal') return 'ink-bad'
  return level === 'warn' ? 'ink-warn' : 'ink-off'
}

function statusInk(status: number): string {
  if (status >= 500) return 'ink-bad'
  return status >= 400 ? 'ink-warn' : 'ink-good'
}

function cacheInk(cache: string): string {
  if (cache === 'HIT' || cache === 'REVALIDATED') return 'ink-good'
  return cache === 'STALE' || cache === 'UPDATING' ? 'ink-warn' : 'ink-off'
}

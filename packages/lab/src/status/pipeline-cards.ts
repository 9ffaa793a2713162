import { type Html, html } from './html.ts'
import type { ExportReport } from './last-export.ts'
import { formatBytes, formatCount, formatShare, formatSpan } from './quantity.ts'
import type { ShipperCounts } from './shipper-counts.ts'
import type { StatusModel } from './status-model.ts'

/** Where the log lines are, and what became of them in the warehouse. */
export function pipelineCards({ shipper, lastExport, nowMs }: StatusModel): Html {
  return html`<section>
    <h2>Log pipeline</h2>
    <div class="card panel">
      ${shipper ? shipperCard(shipper) : html`<p class="hint">The shipper does not answer.</p>`}
    </div>
    <div class="card panel">${exportCard(lastExport, nowMs)}</div>
  </section>`
}

function shipperCard(counts: ShipperCounts): Html {
  const { read, delivered, waiting, unaccounted, spoolBytes, lagSeconds } = counts
  const lost = sum(counts.dropped) + sum(counts.dead)
  const balance =
    unaccounted === 0
      ? 'every line accounted for'
      : `${formatCount(unaccounted)} lines unaccounted for`
  return html`<h3>
      Lines <small class="${unaccounted === 0 ? 'ink-good' : 'ink-bad'}">${balance}</small>
    </h3>
    <progress max="${Math.max(read, 1)}" value="${delivered}"></progress>
    <dl class="facts">
      <dt>read</dt>
      <dd>${formatCount(read)}</dd>
      <dt>delivered to Loki</dt>
      <dd>${formatCount(delivered)}</dd>
      <dt>waiting on disk</dt>
      <dd>
        ${formatCount(waiting)} ·
        ${formatBytes(spoolBytes)}${waiting > 0 ? ` · oldest ${formatSpan(lagSeconds * 1000)}` : ''}
      </dd>
      <dt>dropped or dead</dt>
      <dd>${formatCount(lost)}</dd>
    </dl>`
}

function exportCard(report: ExportReport | undefined, nowMs: number): Html {
  if (!report) {
    return html`<h3>Last export</h3>
      <p class="hint">
        None yet. <code>npx cirrus export</code> writes the last 15 minutes as Parquet and sums them
        up.
      </p>`
  }
  const { domains, total, incomplete, unreadable_lines: unreadable, time } = report
  const isExact = incomplete.length === 0 && unreadable === 0
  const verdict = isExact ? 'exact' : `${incomplete.length} gaps, ${unreadable} unreadable lines`
  return html`<h3>
      Last export <span class="pill ${isExact ? 'good' : 'bad'}">${verdict}</span>
      <small>${formatSpan(nowMs - Date.parse(time))} ago</small>
    </h3>
    <table class="data">
      <thead>
        <tr>
          <th></th>
          <th>requests</th>
          <th>visitors</th>
          <th>hits</th>
          <th>bytes</th>
        </tr>
      </thead>
      <tbody>
        ${domains.map((each) => exportRow(each.domain, each))}${exportRow('total', total)}
      </tbody>
    </table>`
}

function exportRow(name: string, traffic: ExportReport['total']): Html {
  return html`<tr>
    <td>${name}</td>
    <td>${formatCount(traffic.requests)}</td>
    <td>${formatCount(traffic.unique_visitors)}</td>
    <td>${formatShare(traffic.hit_ratio ?? undefined)}</td>
    <td>${formatBytes(traffic.bytes_out)}</td>
  </tr>`
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}

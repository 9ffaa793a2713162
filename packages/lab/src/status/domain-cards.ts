import { edgeTraffic, filtersOf } from '@cirrus/dashboards-src'
import { edgeSignals } from '@cirrus/queries'
import { type Html, html } from './html.ts'
import { formatRate, formatSeconds, formatShare } from './quantity.ts'
import { sparkline } from './sparkline.ts'
import type { DomainView, Trend } from './status-model.ts'

interface Figure {
  readonly title: string
  readonly trend: Trend
  readonly text: string
  /** The value at which the line fills the height, unless there is a higher one. */
  readonly top: number
  readonly tone?: 'warn' | 'bad' | undefined
}

/** One card per domain: is it busy, does the cache work, does it fail, is it slow. */
export function domainCards(domains: readonly DomainView[]): Html {
  return html`<section>
    <h2>Domains <small>last 10 minutes, both edges</small></h2>
    <div class="grid three">${domains.map(card)}</div>
  </section>`
}

function card(domain: DomainView): Html {
  const { name, team, business, requestRate, hitRatio, errorRatio, latencyP99 } = domain
  const figures: readonly Figure[] = [
    { title: 'Requests', trend: requestRate, text: formatRate(requestRate.now), top: 1 },
    { title: 'Hit ratio', trend: hitRatio, text: formatShare(hitRatio.now), top: 1 },
    {
      title: 'Errors',
      trend: errorRatio,
      text: formatShare(errorRatio.now),
      top: 0.1,
      tone: toneOf(errorRatio.now, edgeSignals.errorRatio.thresholds),
    },
    {
      title: 'Latency p99',
      trend: latencyP99,
      text: formatSeconds(latencyP99.now),
      top: 0.25,
      tone: toneOf(latencyP99.now, edgeSignals.latencyP99.thresholds),
    },
  ]
  return html`<article class="card domain">
    <h3>
      ${name} <small>${team} · ${business}</small><a href="${dashboardUrl(name)}">dashboard</a>
    </h3>
    <dl class="numbers">${figures.map(figure)}</dl>
  </article>`
}

function dashboardUrl(domain: string): string {
  const variable = filtersOf(edgeTraffic)['host'] ?? 'host'
  return `/d/${edgeTraffic.uid}?${new URLSearchParams({ [`var-${variable}`]: domain })}`
}

function figure({ title, trend, text, top, tone }: Figure): Html {
  return html`<div class="number ${tone ?? ''}">
    <dt>${title}</dt>
    <dd>${text}</dd>
    ${sparkline(trend, top)}
  </div>`
}

/** The thresholds of the alerts: what is red here pages there. */
function toneOf(
  value: number | undefined,
  { page, ticket }: { readonly page: number; readonly ticket: number },
): Figure['tone'] {
  if (value === undefined || value < ticket) return undefined
  return value < page ? 'warn' : 'bad'
}

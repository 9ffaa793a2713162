import { type Dashboard, type Panel, dashboards, filtersOf } from '@cirrus/dashboards-src'
import { panelContext, render } from '@cirrus/queries'
import { type Page, header } from './document.ts'
import { exploreUrl } from './explore-page.ts'
import { type Html, html } from './html.ts'

interface DashboardOptions {
  readonly parameters: URLSearchParams
  readonly prometheusUrl: string
}

/** What Grafana fills in where nothing was chosen. */
const ALL = '.+'
const RATE_INTERVAL = '1m'

/** The panels of a generated dashboard with their queries; `undefined` when there is none such. */
export function dashboardPage(uid: string, options: DashboardOptions): Page | undefined {
  const dashboard = dashboards.find((each) => each.uid === uid)
  if (!dashboard) return undefined
  const { title, description, rows } = dashboard
  const others = dashboards.map(
    (each) =>
      html`<a href="/d/${each.uid}" ${each === dashboard ? html`aria-current="true"` : ''}
        >${each.title}</a
      >`,
  )
  return {
    title: `${title}: dashboard`,
    body: html`${header(html`<span class="pill off">dashboard</span>`, html`<span class="tabs">${others}</span>`)}
      <section>
        <h2>${title} <small>${description}</small></h2>
      </section>
      ${rows.map(
        (row) =>
          html`<section>
            <h2>${row.title}</h2>
            <div class="grid three">
              ${row.panels.map((panel) => panelCard(panel, dashboard, options))}
            </div>
          </section>`,
      )}`,
  }
}

function panelCard(panel: Panel, dashboard: Dashboard, options: DashboardOptions): Html {
  const isChosen = options.parameters.get('viewPanel') === String(panel.id)
  const queries = panel.queries.map(({ query }) => {
    const text = interpolate(render(query, panelContext(filtersOf(dashboard))), dashboard, options)
    const href =
      query.language === 'logql' ? exploreUrl(text) : graphUrl(options.prometheusUrl, text)
    return html`<details ${isChosen ? html`open` : ''}>
      <summary>
        ${query.language === 'logql' ? 'LogQL' : 'PromQL'} · <a href="${href}">run it</a>
      </summary>
      <pre class="query mono">${text}</pre>
    </details>`
  })
  return html`<article id="panel-${panel.id}" class="card panel ${isChosen ? 'chosen' : ''}">
    <h3>${panel.title} <small>panel ${panel.id}</small></h3>
    <p class="hint">${panel.description}</p>
    ${queries}
  </article>`
}

/** Puts the chosen values where Grafana would. */
function interpolate(
  query: string,
  { variables, choices = [] }: Dashboard,
  { parameters }: DashboardOptions,
): string {
  const chosen = choices.reduce(
    (result, { name, value }) => result.replaceAll(`$${name}`, () => value),
    query,
  )
  return variables
    .reduce((result, { name }) => {
      const value = parameters.get(`var-${name}`)
      const text = value === null ? ALL : value.replace(/["\\]/g, '')
      return result.replaceAll(`$${name}"`, () => `${text}"`)
    }, chosen)
    .replaceAll('$__rate_interval', RATE_INTERVAL)
    .replaceAll('$__auto', RATE_INTERVAL)
}

function graphUrl(prometheusUrl: string, query: string): string {
  const parameters = new URLSearchParams({
    'g0.expr': query,
    'g0.tab': '0',
    'g0.range_input': '15m',
  })
  return `${prometheusUrl}/graph?${parameters}`
}

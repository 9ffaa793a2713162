import { faultDescriptions } from '../faults.ts'
import { type Html, html, safeUrl } from './html.ts'
import { formatSpan } from './quantity.ts'
import type { AlertView, StatusModel } from './status-model.ts'

/** What fires, who owns it, and where to look. */
export function alertList({ alerts, faults, alertTimeScale, nowMs }: StatusModel): Html {
  const pace =
    alertTimeScale === 1
      ? ''
      : `windows and waits shortened to ${Math.round(alertTimeScale * 100)} % for this lab`
  return html`<section>
    <h2>Alerts <small>${pace}</small></h2>
    <div class="card">
      ${faults.map(
        (name) =>
          html`<div class="row alert">
            <span class="pill info">fault</span>
            <span
              ><span class="name">${name}</span>
              <span class="what">${faultDescriptions[name]}</span></span
            >
            <span class="more"><code>npx cirrus lab heal ${name}</code></span>
          </div>`,
      )}
      ${alerts.map((alert) => row(alert, nowMs))}
      ${alerts.length + faults.length === 0 ? html`<p class="empty">Nothing fires. Try <code>npx cirrus lab break origin</code>.</p>` : ''}
    </div>
  </section>`
}

function row(alert: AlertView, nowMs: number): Html {
  const { name, isFiring, severity, team, summary, sinceMs, links } = alert
  const label = isFiring ? severity : 'pending'
  const tone = !isFiring ? 'off' : severity === 'page' ? 'bad' : 'warn'
  const safe = links.flatMap(({ title, url }) => {
    const href = safeUrl(url)
    return href === undefined ? [] : [html`<a href="${href}">${title}</a>`]
  })
  return html`<div class="row alert ${isFiring ? '' : 'pending'}">
    <span class="pill ${tone}">${label}</span>
    <span><span class="name">${name}</span> <span class="what">${summary}</span></span>
    <span class="more"><span>${team} · ${formatSpan(nowMs - sinceMs)}</span>${safe}</span>
  </div>`
}

import { alertList } from './alert-list.ts'
import { componentList, overallPill } from './component-list.ts'
import { type Page, header } from './document.ts'
import { domainCards } from './domain-cards.ts'
import { html } from './html.ts'
import { logSection } from './log-lines.ts'
import { pipelineCards } from './pipeline-cards.ts'
import type { StatusModel } from './status-model.ts'

const REFRESH_SECONDS = 5

/** The status page: from what users feel, over who is told, to what runs. */
export function statusPage(model: StatusModel): Page {
  const { components, domains, alerts, logs, nowMs } = model
  const firing = alerts.filter(({ isFiring }) => isFiring).length
  const time = new Date(nowMs).toISOString().slice(11, 19)
  return {
    title: firing > 0 ? `(${firing}) Cirrus lab` : 'Cirrus lab',
    refreshSeconds: REFRESH_SECONDS,
    body: html`${header(
        overallPill(components),
        firing > 0
          ? html`<span class="pill bad">${firing} alert${firing === 1 ? '' : 's'} firing</span>`
          : html`<span class="pill good">no alert fires</span>`,
        html`<span class="when">${time} UTC, every ${REFRESH_SECONDS} s</span>`,
      )}
      ${domainCards(domains)} ${alertList(model)}
      <div class="grid two">${componentList(components, nowMs)} ${pipelineCards(model)}</div>
      ${logSection(logs)}`,
  }
}

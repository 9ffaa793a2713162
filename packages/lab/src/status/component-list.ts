import type { ComponentState } from '../supervisor.ts'
import { type Html, html } from './html.ts'
import { formatSpan } from './quantity.ts'
import type { ComponentView } from './status-model.ts'

type Tone = 'good' | 'warn' | 'bad' | 'off'

const tones: Readonly<Record<ComponentState, Tone>> = {
  waiting: 'off',
  preparing: 'warn',
  starting: 'warn',
  up: 'good',
  crashed: 'bad',
  held: 'warn',
  failed: 'bad',
  absent: 'off',
  stopped: 'off',
}

/** What each state is called where there is nothing more to say. */
const words: Readonly<Record<ComponentState, string>> = {
  waiting: 'waits for others',
  preparing: '',
  starting: 'starts',
  up: '',
  crashed: 'crashed, starts again',
  held: 'kept down on purpose',
  failed: 'crashed too often',
  absent: 'not on this machine',
  stopped: 'stopped',
}

/** Every component with its health, since when, and where to find it. */
export function componentList(components: readonly ComponentView[], nowMs: number): Html {
  return html`<section>
    <h2>Components</h2>
    <div class="card">${components.map((component) => row(component, nowMs))}</div>
  </section>`
}

function row(component: ComponentView, nowMs: number): Html {
  const { name, description, state, isHealthy, detail, sinceMs, restarts, page, address } =
    component
  const isUp = state === 'up'
  const trouble = isUp && !isHealthy ? 'does not answer its health check' : words[state]
  const what = [trouble, detail].filter(Boolean).join(': ') || description
  const since = isUp ? `up ${formatSpan(nowMs - sinceMs)}` : formatSpan(nowMs - sinceMs)
  const again = restarts > 0 ? ` · ${restarts} restart${restarts === 1 ? '' : 's'}` : ''
  const place =
    page && isUp
      ? html`<a href="${page.url}">${page.title}</a>`
      : html`<span class="mono">${address}</span>`
  return html`<div class="row component ${toneOf(component)}">
    <span class="dot" title="${state}"></span> <span class="name">${name}</span
    ><span class="what">${what}</span> <span class="for">${since}${again}</span
    ><span class="for">${place}</span>
  </div>`
}

function toneOf({ state, isHealthy }: ComponentView): Tone {
  return state === 'up' && !isHealthy ? 'bad' : tones[state]
}

/** One pill that says whether to look any further. */
export function overallPill(components: readonly ComponentView[]): Html {
  const failing = components.filter((component) => toneOf(component) === 'bad')
  const coming = components.filter((component) => toneOf(component) === 'warn')
  if (failing.length > 0) return html`<span class="pill bad">${names(failing)} down</span>`
  if (coming.length > 0) return html`<span class="pill warn">without ${names(coming)}</span>`
  return html`<span class="pill good">all components up</span>`
}

function names(components: readonly ComponentView[]): string {
  return components.map(({ name }) => name).join(', ')
}

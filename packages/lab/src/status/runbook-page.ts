import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Marked } from 'marked'
import { type Page, header } from './document.ts'
import { Html, escapeHtml, html } from './html.ts'

/** Comments mark generated parts and are for editors only; other HTML is shown as text. */
const markdown = new Marked({
  renderer: { html: ({ text }) => escapeHtml(text.replace(/<!--[\s\S]*?-->/g, '')) },
})

/** The runbook of an alert as a page; `undefined` when there is none of that name. */
export async function runbookPage(root: string, alert: string): Promise<Page | undefined> {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(alert)) return undefined
  const file = join(root, 'alerts/runbooks', `${alert}.md`)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  return {
    title: `${alert}: runbook`,
    body: html`${header(html`<span class="pill off">runbook</span>`)}
      <article class="card prose">${new Html(await markdown.parse(text))}</article>`,
  }
}

import { Html, html } from './html.ts'
import { style } from './style.ts'

export interface Page {
  readonly title: string
  readonly body: Html
  /** How often the page fetches itself anew; never without it. */
  readonly refreshSeconds?: number
}

/** Asks for what stands between the body tags only. */
export const FRAGMENT_TYPE = 'text/x-cirrus-fragment'

const cloud = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M7 18.5a4.5 4.5 0 0 1-.6-8.96 6 6 0 0 1 11.5 1.5A3.8 3.8 0 0 1 17.5 18.5Z"
    stroke-linejoin="round"
  />
</svg>`

/** Takes the new page and puts its content in place of the old: no flash, and scrolling stays. */
function refreshScript(seconds: number): string {
  return `
setInterval(async () => {
  if (document.hidden) return
  try {
    const response = await fetch(location.href, {
      headers: { accept: '${FRAGMENT_TYPE}' },
      signal: AbortSignal.timeout(8000),
    })
    document.querySelector('.page').innerHTML = await response.text()
    document.title = decodeURIComponent(response.headers.get('x-title'))
  } catch {
    document.querySelector('.when').textContent = 'The lab does not answer.'
  }
}, ${seconds * 1000})`
}

/** A whole HTML document. The nonce is what the content security policy lets through. */
export function renderDocument({ title, body, refreshSeconds }: Page, nonce: string): string {
  const refresh =
    refreshSeconds === undefined
      ? ''
      : html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}" /></noscript>
          <script type="module" nonce="${nonce}">
            ${new Html(refreshScript(refreshSeconds))}
          </script>`
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          ${new Html(style)}
        </style>
        ${refresh}
      </head>
      <body>
        <div class="page">${body}</div>
      </body>
    </html> `.text
}

/** The bar at the top of every page. */
export function header(...parts: readonly Html[]): Html {
  return html`<header>
    <h1>${cloud}<a href="/">Cirrus lab</a></h1>
    ${parts}
  </header>`
}

/** The only scripts and styles that run are ours; forms, frames and other origins are shut out. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

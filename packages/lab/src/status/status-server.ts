import { randomBytes } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { describeError } from '@cirrus/errors'
import { type FaultName, type Faults, faultNames } from '../faults.ts'
import type { AlertInbox } from './alert-inbox.ts'
import { type StatusSources, collectStatus } from './collect-status.ts'
import { dashboardPage } from './dashboard-page.ts'
import {
  FRAGMENT_TYPE,
  type Page,
  contentSecurityPolicy,
  header,
  renderDocument,
} from './document.ts'
import { explorePage } from './explore-page.ts'
import { html } from './html.ts'
import { runbookPage } from './runbook-page.ts'
import { statusPage } from './status-page.ts'

export interface StatusServerOptions {
  readonly sources: StatusSources
  readonly inbox: AlertInbox
  /** Root of the checkout, for the runbooks. */
  readonly root: string
  readonly host: string
  readonly port: number
}

export interface StatusServer {
  close(): Promise<void>
}

const MAX_BODY_BYTES = 1024 * 1024

/** A browser sends it only after asking, and we never allow it: so no web page can break a lab. */
const CONTROL_HEADER = 'x-cirrus-lab'

/** Serves the status page, its neighbours, the webhook for alerts, and the switches of faults. */
export async function startStatusServer(options: StatusServerOptions): Promise<StatusServer> {
  const server = createServer((request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      if (!response.headersSent) sendText(response, 500, `${describeError(error)}\n`)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: StatusServerOptions,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://lab')
  if (!isLocal(request)) return sendText(response, 421, 'This page is for this machine only.\n')
  if (request.method === 'POST' && pathname.startsWith('/hooks/alertmanager')) {
    return receiveAlerts(request, response, options.inbox)
  }
  const fault = faultNames.find((name) => pathname === `/faults/${name}`)
  if (fault && request.method !== 'GET') {
    return switchFault(request, response, { faults: options.sources.faults, fault })
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return sendText(response, 405, 'Only GET is answered here.\n')
  }
  if (pathname === '/healthz') return sendText(response, 200, 'ok\n')
  if (pathname === '/alerts.json') return sendJson(response, options.inbox.messages())
  if (pathname === '/status.json') {
    const { statuses, faults } = options.sources
    return sendJson(response, { components: statuses(), faults: faults.active() })
  }
  const page = await pageOf(pathname, searchParams, options)
  if (page && request.headers.accept === FRAGMENT_TYPE) sendFragment(response, page)
  else sendPage(response, page)
}

/** A page elsewhere could lead a browser here under a name of its own; our own names are these. */
function isLocal({ headers }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\]|host\.docker\.internal)(:\d+)?$/.test(headers.host ?? '')
}

async function pageOf(
  pathname: string,
  parameters: URLSearchParams,
  { sources, root }: StatusServerOptions,
): Promise<Page | undefined> {
  const { place, nowMs } = sources
  if (pathname === '/') {
    return statusPage(await collectStatus(sources, parameters.get('domain') ?? undefined))
  }
  const [, folder, name = ''] = pathname.split('/')
  if (folder === 'runbooks') return runbookPage(root, name.replace(/\.md$/, ''))
  if (folder === 'd') {
    return dashboardPage(name, {
      parameters,
      prometheusUrl: `http://${place.address('prometheus')}`,
    })
  }
  if (folder === 'explore') {
    return explorePage({ parameters, lokiUrl: `http://${place.address('loki')}`, nowMs: nowMs() })
  }
  return undefined
}

async function receiveAlerts(
  request: IncomingMessage,
  response: ServerResponse,
  inbox: AlertInbox,
): Promise<void> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk)
    bytes += buffer.length
    if (bytes > MAX_BODY_BYTES) return sendText(response, 413, 'Too large.\n')
    chunks.push(buffer)
  }
  try {
    inbox.add(JSON.parse(Buffer.concat(chunks).toString()))
  } catch {
    return sendText(response, 400, 'The body is no JSON.\n')
  }
  response.writeHead(204).end()
}

async function switchFault(
  request: IncomingMessage,
  response: ServerResponse,
  { faults, fault }: { readonly faults: Faults; readonly fault: FaultName },
): Promise<void> {
  if (request.headers[CONTROL_HEADER] === undefined) {
    return sendText(response, 403, `Send the header ${CONTROL_HEADER}.\n`)
  }
  if (request.method === 'PUT') await faults.break(fault)
  else await faults.heal(fault)
  response.writeHead(204).end()
}

function sendFragment(response: ServerResponse, { title, body }: Page): void {
  const head = { 'content-type': FRAGMENT_TYPE, 'x-title': encodeURIComponent(title) }
  response.writeHead(200, { ...head, 'cache-control': 'no-store' }).end(body.text)
}

function sendPage(response: ServerResponse, page: Page | undefined): void {
  const nonce = randomBytes(16).toString('base64')
  const shown = page ?? {
    title: 'Not found',
    body: html`${header()}
      <p class="card empty">There is no such page.</p>`,
  }
  response.writeHead(page ? 200 : 404, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(nonce),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  response.end(renderDocument(shown, nonce))
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(`${JSON.stringify(value)}\n`)
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
}

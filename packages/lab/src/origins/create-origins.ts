import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { OriginsConfig } from './origins-config.ts'
import { newsSite } from './news-site.ts'
import { shopSite } from './shop-site.ts'
import { type Site, type SiteAnswer, failure } from './site.ts'
import { videoSite } from './video-site.ts'

const sites = { news: newsSite, shop: shopSite, video: videoSite } as const satisfies Record<
  string,
  Site
>

type SiteName = keyof typeof sites

interface Chance {
  readonly nowMs: () => number
  readonly random: () => number
}

export interface Origins {
  close(): void
}

/** Starts the demo sites and a control port that breaks and heals them. */
export async function createOrigins(config: OriginsConfig, chance: Chance): Promise<Origins> {
  const broken = new Set<SiteName>()
  const ports = { news: config.newsPort, shop: config.shopPort, video: config.videoPort }
  const serve = (name: SiteName): Server =>
    createServer((request, response) => {
      const answer = broken.has(name) ? failure(500, 20) : answerOf(sites[name], request, chance)
      setTimeout(() => send(request, response, answer), answer.delayMs)
    })
  const listening = [
    listen(createControl(broken), config.host, config.controlPort),
    listen(serve('news'), config.host, ports.news),
    listen(serve('shop'), config.host, ports.shop),
    listen(serve('video'), config.host, ports.video),
  ]
  const servers = await Promise.all(listening)
  return {
    close: () => {
      for (const server of servers) server.close().closeAllConnections()
    },
  }
}

/** `PUT /faults/shop` breaks the shop, `DELETE /faults/shop` heals it. */
function createControl(broken: Set<SiteName>): Server {
  return createServer((request, response) => {
    const name = /^\/faults\/(\w+)$/.exec(request.url ?? '')?.[1]
    if (request.url === '/healthz') response.end('ok\n')
    else if (!isSiteName(name)) response.writeHead(404).end()
    else {
      if (request.method === 'PUT') broken.add(name)
      if (request.method === 'DELETE') broken.delete(name)
      response.writeHead(204).end()
    }
  })
}

function isSiteName(name: string | undefined): name is SiteName {
  return name !== undefined && Object.hasOwn(sites, name)
}

function answerOf(site: Site, request: IncomingMessage, { nowMs, random }: Chance): SiteAnswer {
  const [path = '/'] = (request.url ?? '/').split('?')
  return site({ method: request.method ?? 'GET', path, nowMs: nowMs(), random })
}

function send(request: IncomingMessage, response: ServerResponse, answer: SiteAnswer): void {
  request.resume()
  response.writeHead(answer.status, {
    'content-type': answer.type,
    'cache-control': answer.cacheControl,
    'content-length': Buffer.byteLength(answer.body),
  })
  response.end(request.method === 'HEAD' ? undefined : answer.body)
}

function listen(server: Server, host: string, port: number): Promise<Server> {
  server.keepAliveTimeout = 30_000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

/** What a demo site sees of a request. */
export interface SiteRequest {
  readonly method: string
  readonly path: string
  readonly nowMs: number
  /** A number in [0, 1), new at each call. */
  readonly random: () => number
}

export interface SiteAnswer {
  readonly status: number
  readonly type: string
  readonly cacheControl: string
  readonly body: string | Uint8Array
  /** How long the origin thinks about it. */
  readonly delayMs: number
}

export type Site = (request: SiteRequest) => SiteAnswer

const TEXT = 'text/plain; charset=utf-8'

/** An HTML page. */
export function page(title: string, cacheControl: string, delayMs: number): SiteAnswer {
  const paragraph = `<p>${`${title}. `.repeat(60)}</p>`
  const body = `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${paragraph.repeat(6)}</html>`
  return { status: 200, type: 'text/html; charset=utf-8', cacheControl, body, delayMs }
}

/** A static file of a site. */
export function asset(path: string): SiteAnswer {
  const body = `/* ${path} */\n${'.card { padding: 1rem; margin: 0 auto; }\n'.repeat(200)}`
  return {
    status: 200,
    type: 'text/css; charset=utf-8',
    cacheControl: 'public, max-age=3600',
    body,
    delayMs: 5,
  }
}

export function notFound(): SiteAnswer {
  return {
    status: 404,
    type: TEXT,
    cacheControl: 'no-store',
    body: 'There is no such page.\n',
    delayMs: 5,
  }
}

export function failure(status: 500 | 503, delayMs: number): SiteAnswer {
  return { status, type: TEXT, cacheControl: 'no-store', body: 'The origin failed.\n', delayMs }
}

/** A delay around a middle value, now and then far above it, as real origins have. */
export function thinkingTime(middleMs: number, random: () => number): number {
  const isSlow = random() < 0.01
  return Math.round(middleMs * (0.5 + random()) * (isSlow ? 8 : 1))
}

import type { FastifyInstance } from 'fastify'
import { ApiError } from './errors.ts'

/**
 * Answers methods that a path does not have with 405; Fastify alone would say 404. Call it before
 * the routes are added; when they all are, call what it returns.
 */
export function watchMethods(app: FastifyInstance): () => void {
  const urls = new Set<string>()
  app.addHook('onRoute', ({ url }) => void urls.add(url))
  return () => {
    for (const url of urls) refuseOthers(app, url)
  }
}

function refuseOthers(app: FastifyInstance, url: string): void {
  const methods = app.supportedMethods.filter((method) => app.hasRoute({ url, method }))
  const others = app.supportedMethods.filter((method) => !methods.includes(method))
  if (others.length === 0) return
  const allow = methods.toSorted().join(', ')
  function refuse(): never {
    throw new ApiError('methodNotAllowed', `This path has ${allow}`, { headers: { allow } })
  }
  app.route({
    method: others,
    url,
    schema: { hide: true },
    // Before the body is read: it does not matter here.
    onRequest: async () => refuse(),
    handler: refuse,
  })
}

import type { Store } from '@cirrus/store'
import type { App } from '../app.ts'
import { canonicalDomain } from '../canonical-domain.ts'
import { contextOf } from '../context.ts'
import { ApiError } from '../errors.ts'
import { PurgeInputSchema, PurgeSchema } from '../schemas/purge.ts'
import { bodyProblems, json, problems, ref } from '../schemas/shared.ts'

export function addPurgeRoutes(app: App, { purges }: Pick<Store, 'purges'>): void {
  app.post(
    '/purge',
    {
      schema: {
        operationId: 'requestPurge',
        summary: 'Have every edge drop one cached object, or all of a domain',
        tags: ['purges'],
        body: ref(PurgeInputSchema),
        response: {
          202: json('Edges are told.', ref(PurgeSchema)),
          ...problems(...bodyProblems),
        },
      },
    },
    async (request, reply) => {
      const domain = canonicalDomain(request.body.domain)
      const purge = await purges.request({ ...request.body, domain }, contextOf(request))
      if (purge === undefined) {
        const errors = [{ pointer: '/domain', detail: 'must be a configured domain' }]
        throw new ApiError('invalid', `${domain} is not a configured domain`, { errors })
      }
      const resource = `purge/${purge.id}`
      request.outcome = { ...request.outcome, domain, resource, action: 'request' }
      return reply.code(202).send(purge)
    },
  )
}

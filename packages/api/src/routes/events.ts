import type { Store } from '@cirrus/store'
import type { App } from '../app.ts'
import { EventsQuery, EventsSchema } from '../schemas/event.ts'
import { DEFAULT_PAGE, json, problems } from '../schemas/shared.ts'

export function addEventRoutes(app: App, { events }: Pick<Store, 'events'>): void {
  app.get(
    '/events',
    {
      schema: {
        operationId: 'listEvents',
        summary: 'Read what happened, from the oldest on',
        tags: ['events'],
        querystring: EventsQuery,
        response: {
          200: json('Events in order.', EventsSchema),
          ...problems('badRequest', 'unauthenticated', 'storeUnavailable'),
        },
      },
    },
    async ({ query: { after, limit = DEFAULT_PAGE } }) => {
      const items = await events.read(after, limit)
      const last = items.at(-1)?.seq ?? after
      return { items, ...(last === undefined ? {} : { last }) }
    },
  )
}

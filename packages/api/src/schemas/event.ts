import { type DomainEventType, domainEvents } from '@cirrus/catalog'
import { Type } from 'typebox'
import { named, oneOf } from './shared.ts'

const seq = Type.String({ pattern: '^\\d{1,15}-\\d{1,10}$', description: 'Place in the stream.' })
const types = Object.keys(domainEvents) as readonly DomainEventType[]

export const EventSchema = named(
  'Event',
  Type.Object(
    {
      id: Type.String(),
      seq,
      type: oneOf(types),
      time: Type.String({ format: 'date-time' }),
      resource: Type.String({ description: 'Kind and id of what changed.' }),
      caller: Type.String(),
      request_id: Type.String(),
      data: Type.Unknown({ description: 'The object after the change, secrets masked.' }),
    },
    {
      description: 'Something that happened to an object.',
      examples: [
        {
          id: '4d1f7c2e-8b1a-4f0e-9a55-2f6c5b1d7e90',
          seq: '1795456800000-0',
          type: 'domain.created',
          time: '2026-11-23T10:00:00.000Z',
          resource: 'domain/news.demo.test',
          caller: 'master',
          request_id: '6f1c7a54-0d0e-4a52-9f8e-3f4f2f6f0a11',
          data: { name: 'news.demo.test' },
        },
      ],
    },
  ),
)

export const EventsQuery = Type.Object(
  {
    after: Type.Optional({ ...seq, description: '`seq` of the last event you have.' }),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
)

export const EventsSchema = Type.Object({
  items: Type.Array(Type.Unsafe({ $ref: 'Event#' })),
  last: Type.Optional({ ...seq, description: 'Give it as `after` to go on.' }),
})

import type { ChangeContext } from '@cirrus/store'
import type { FastifyRequest } from 'fastify'

/** Who changes something, as the store's audit record keeps it. */
export function contextOf({ caller, id }: FastifyRequest): ChangeContext {
  return { caller, requestId: id }
}

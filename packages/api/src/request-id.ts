import type { IncomingMessage } from 'node:http'

const acceptable = /^[A-Za-z0-9._-]{8,64}$/

/** The client's own request id where it is harmless, else a new one. */
export function createRequestIds(newId: () => string): (request: IncomingMessage) => string {
  return ({ headers }) => {
    const given = headers['x-request-id']
    return typeof given === 'string' && acceptable.test(given) ? given : newId()
  }
}

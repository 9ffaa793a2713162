import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { ApiError } from './errors.ts'

/** Lets only requests with the master token to the routes of `app`. */
export function addAuthentication(app: FastifyInstance, masterToken: string): void {
  const expected = digest(masterToken)
  app.addHook('onRequest', async (request) => {
    const token = /^Bearer +([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) throw refusal('Bearer realm="cirrus"', 'Send a bearer token')
    // Digests have one length, which timingSafeEqual needs, and hide that of the token.
    if (!timingSafeEqual(digest(token), expected)) {
      const challenge = 'Bearer realm="cirrus", error="invalid_token"'
      throw refusal(challenge, 'The bearer token is not valid')
    }
    request.caller = 'master'
  })
}

function refusal(challenge: string, detail: string): ApiError {
  return new ApiError('unauthenticated', detail, { headers: { 'www-authenticate': challenge } })
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

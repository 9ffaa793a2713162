import type { Expectation } from '@cirrus/store'
import type { FastifyRequest } from 'fastify'
import { ApiError } from './errors.ts'

type Headers = Pick<FastifyRequest, 'headers'>

/** What `If-Match` or `If-None-Match` of a write takes for granted. */
export function expectationOf({ headers }: Headers): Expectation | undefined {
  const match = headers['if-match']
  const noneMatch = headers['if-none-match']
  if (match !== undefined) return match.trim() === '*' ? 'present' : strongTags(match)
  if (noneMatch === undefined) return undefined
  if (noneMatch.trim() === '*') return 'absent'
  throw new ApiError('badRequest', 'If-None-Match of a write can only be *')
}

/** Whether the client already has the version with this ETag. */
export function isNotModified({ headers }: Headers, etag: string): boolean {
  const noneMatch = headers['if-none-match']
  if (noneMatch === undefined) return false
  return noneMatch.trim() === '*' || tags(noneMatch).some(({ tag }) => tag === etag)
}

export function quoted(etag: string): string {
  return `"${etag}"`
}

/** Weak tags never match strongly, so they are as good as absent. */
function strongTags(header: string): readonly string[] {
  return tags(header).flatMap(({ tag, isWeak }) => (isWeak ? [] : [tag]))
}

function tags(header: string): readonly { readonly tag: string; readonly isWeak: boolean }[] {
  return [...header.matchAll(/(W\/)?"([^"]*)"/g)].map(([, weak, tag = '']) => ({
    tag,
    isWeak: weak !== undefined,
  }))
}

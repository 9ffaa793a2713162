import { ApiError } from './errors.ts'

const MAX_ID_LENGTH = 253
const printable = /^[\x21-\x7e]+$/

/** Hides from clients that a cursor is the last id of a page, so that it can become something else. */
export function encodeCursor(id: string): string {
  return Buffer.from(id).toString('base64url')
}

/** @throws {ApiError} when the text is no cursor of ours */
export function decodeCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString()
  if (encodeCursor(id) === cursor && printable.test(id) && id.length <= MAX_ID_LENGTH) return id
  throw new ApiError('badRequest', 'The cursor is not one that a list returned', {
    errors: [{ pointer: '/cursor', detail: 'must come from the list before' }],
  })
}

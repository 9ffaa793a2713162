import { ConflictError } from './errors.ts'

/** What the caller of a write takes for granted; one of these ETags, where it is a list. */
export type Expectation = 'absent' | 'present' | readonly string[]

/** @throws {ConflictError} when the object is not as expected */
export function checkExpectation(
  resource: string,
  etag: string | undefined,
  expected: Expectation | undefined,
): void {
  if (expected === undefined) return
  if (expected === 'absent') {
    if (etag !== undefined) throw new ConflictError(resource, 'exists')
    return
  }
  if (etag === undefined) throw new ConflictError(resource, 'missing')
  if (expected !== 'present' && !expected.includes(etag)) {
    throw new ConflictError(resource, 'changed')
  }
}

/**
 * Does `work` for every item, at most `limit` at a time, and waits for all of it.
 *
 * @throws the first error, once everything that was begun has ended
 */
export async function concurrently<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const shared = items[Symbol.iterator]()
  async function lane(): Promise<void> {
    for (let next = shared.next(); !next.done; next = shared.next()) await work(next.value)
  }
  const results = await Promise.allSettled(Array.from({ length: limit }, lane))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

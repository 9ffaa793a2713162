interface Stream {
  readonly stream: Readonly<Record<string, string>>
  readonly values: readonly (readonly [ns: string, line: string])[]
}

interface Sample {
  readonly value: readonly [time: number, value: string]
}

/** How many lines a Loki holds that were stamped in the last days. */
export async function countLines(url: string, selector: string): Promise<number> {
  const query = `sum(count_over_time(${selector}[8d]))`
  // A little ahead: the end of the range is exclusive, and stamps may run ahead of the clock.
  const time = String(Date.now() / 1000 + 60)
  const [series] = await ask<Sample>(url, 'query', { query, time })
  return Number(series?.value[1] ?? 0)
}

/** The newest lines, at most a thousand, oldest first. */
export async function newestLines(url: string, query: string): Promise<readonly string[]> {
  const streams = await ask<Stream>(url, 'query_range', { query, limit: '1000', since: '3h' })
  const values = streams.flatMap((stream) => stream.values)
  return values.toSorted(([a], [b]) => a.localeCompare(b)).map(([, line]) => line)
}

/** Label sets of the streams. */
export async function labelSets(url: string, match: string): Promise<readonly object[]> {
  const answer = await fetch(
    `${url}/loki/api/v1/series?${new URLSearchParams({ 'match[]': match, since: '3h' })}`,
  )
  return JSON.parse(await answer.text()).data
}

async function ask<T>(url: string, path: string, query: Record<string, string>): Promise<T[]> {
  const answer = await fetch(`${url}/loki/api/v1/${path}?${new URLSearchParams(query)}`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return JSON.parse(text).data.result
}

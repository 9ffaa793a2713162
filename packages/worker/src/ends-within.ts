/** Whether `work` ends, one way or another, before the time is over. */
export function endsWithin(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs, false)
    const end = (): void => {
      clearTimeout(timer)
      resolve(true)
    }
    work.then(end, end)
  })
}

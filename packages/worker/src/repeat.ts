/** Runs `task` at once, and again `pauseMs` after each time it ended, until it is stopped. */
export interface Repetition {
  /** Starts no more rounds; resolves when the last one has ended. */
  stop(): Promise<void>
}

interface RepeatOptions {
  readonly pauseMs: number
  readonly task: () => Promise<void>
  /** Told of what the task throws; it goes on. */
  readonly onError: (error: unknown) => void
}

export function repeat({ pauseMs, task, onError }: RepeatOptions): Repetition {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let current = round()
  return {
    stop() {
      isStopped = true
      clearTimeout(timer)
      return current
    },
  }

  async function round(): Promise<void> {
    await task().catch(onError)
    if (isStopped) return
    timer = setTimeout(() => {
      current = round()
    }, pauseMs)
  }
}

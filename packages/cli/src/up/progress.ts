import type { Shell } from '../shell.ts'

/** Says what is going on: one line that is written over at a terminal, now and then a line elsewhere. */
export interface Progress {
  /** How far the current step is. */
  show(text: string): void
  /** A line that stays. */
  tell(text: string): void
}

const HEARTBEAT_MS = 15_000
const WIDTH = 100
const CLEAR = '\r\u001B[K'

export function createProgress({ err, isInteractive, now }: Shell): Progress {
  let shownAtMs = 0
  let isLineOpen = false
  return {
    show(text) {
      const nowMs = now().getTime()
      if (isInteractive) {
        err(`${CLEAR}  ${text.slice(0, WIDTH)}`)
        isLineOpen = true
      } else if (nowMs - shownAtMs >= HEARTBEAT_MS) {
        err(`  ${text}\n`)
        shownAtMs = nowMs
      }
    },
    tell(text) {
      err(`${isLineOpen ? CLEAR : ''}${text}\n`)
      isLineOpen = false
    },
  }
}

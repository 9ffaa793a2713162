/** A pause that can be cut short; a wake while nobody pauses cuts the next one. */
export interface Wakeable {
  pause(ms: number): Promise<void>
  wake(): void
}

export function createWakeable(): Wakeable {
  let isAwake = false
  let resume: (() => void) | undefined
  return {
    async pause(ms) {
      if (!isAwake) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          resume = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      resume = undefined
      isAwake = false
    },
    wake() {
      isAwake = true
      resume?.()
    },
  }
}

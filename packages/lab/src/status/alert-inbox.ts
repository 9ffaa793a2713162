/** A message that Alertmanager posted, as it was, with the time it came. */
export interface ReceivedMessage {
  readonly receivedAt: string
  readonly message: unknown
}

export interface AlertInbox {
  add(message: unknown): void
  /** Oldest first. */
  messages(): readonly ReceivedMessage[]
}

const MAX_MESSAGES = 100

/** Keeps the last messages of Alertmanager: the lab's stand-in for a pager. */
export function createAlertInbox(nowMs: () => number): AlertInbox {
  const messages: ReceivedMessage[] = []
  return {
    add(message) {
      messages.push({ receivedAt: new Date(nowMs()).toISOString(), message })
      if (messages.length > MAX_MESSAGES) messages.shift()
    },
    messages: () => [...messages],
  }
}

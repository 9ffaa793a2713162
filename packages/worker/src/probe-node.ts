import { type IncomingMessage, request } from 'node:http'

/** Where a node answers health checks. */
export interface ProbeTarget {
  readonly address: string
  readonly health_port: number
}

/** What one check of a node found. */
export interface ProbeResult {
  readonly ok: boolean
  /** What went wrong, empty when nothing did; never text from the node. */
  readonly reason: string
  readonly durationSeconds: number
}

interface ProbeOptions {
  readonly timeoutMs: number
  /** Milliseconds of a monotonic clock. */
  readonly nowMs: () => number
  /** Ends the check early. */
  readonly signal?: AbortSignal
}

const MAX_BODY_BYTES = 64 * 1024

/**
 * Asks a node for `/healthz` on a new connection, so that a listener that no longer accepts is
 * noticed. Redirects are not followed; the answer must be complete within the timeout.
 */
export async function probeNode(target: ProbeTarget, options: ProbeOptions): Promise<ProbeResult> {
  const startedMs = options.nowMs()
  const reason = await failureOf(target, options)
  const durationSeconds = (options.nowMs() - startedMs) / 1000
  return { ok: reason === undefined, reason: reason ?? '', durationSeconds }
}

async function failureOf(target: ProbeTarget, options: ProbeOptions): Promise<string | undefined> {
  const timeout = AbortSignal.timeout(options.timeoutMs)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  try {
    const response = await get(target, signal)
    if (response.statusCode !== 200) {
      response.destroy()
      return `status ${response.statusCode}`
    }
    return await failureOfBody(response)
  } catch (error) {
    return timeout.aborted ? 'timeout' : codeOf(error)
  }
}

function get({ address, health_port: port }: ProbeTarget, signal: AbortSignal) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: address, port, path: '/healthz', agent: false, signal })
      .once('response', resolve)
      .once('error', reject)
      .end()
  })
}

async function failureOfBody(response: IncomingMessage): Promise<string | undefined> {
  let bytes = 0
  for await (const chunk of response) {
    bytes += Buffer.byteLength(chunk)
    if (bytes > MAX_BODY_BYTES) return 'answer too large'
  }
  return undefined
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'failed'
}

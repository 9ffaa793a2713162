import { describeError } from '@cirrus/errors'
import { type BuildProgress, buildLoki, findServer, whyMissing, whyNoGo } from '@cirrus/servers'
import type { Supervisor } from './supervisor.ts'

/** Whether Loki is built when it is not there; `never` keeps tests of its absence short. */
export type LokiSource = 'find-or-build' | 'find' | 'never'

interface PrepareOptions {
  readonly source: LokiSource
  readonly signal: AbortSignal
}

/**
 * Starts Loki, building it first where that is needed; everything else runs meanwhile, and the
 * shipper keeps the lines on disk.
 */
export async function prepareLoki(
  loki: Pick<Supervisor, 'note' | 'start'>,
  { source, signal }: PrepareOptions,
): Promise<void> {
  try {
    const isThere = source !== 'never' && (await findServer('loki')) !== undefined
    if (!isThere) {
      const obstacle = source === 'find-or-build' ? await whyNoGo() : 'it is not to be built'
      if (obstacle !== undefined) return loki.note('absent', (await whyMissing('loki')) ?? obstacle)
      loki.note('preparing', 'building')
      await buildLoki({
        signal,
        onProgress: (progress) => loki.note('preparing', describeBuild(progress)),
      })
    }
    if (!signal.aborted) await loki.start()
  } catch (error) {
    if (!signal.aborted) loki.note('absent', describeError(error))
  }
}

/** "building, 412 of 2,155 packages, 63 s". */
export function describeBuild({ phase, done, total, elapsedMs }: BuildProgress): string {
  const seconds = `${Math.round(elapsedMs / 1000)} s`
  if (phase === 'waiting') return `another process builds it, ${seconds}`
  if (phase === 'downloading') return `downloading, ${done} modules, ${seconds}`
  return `building, ${done} of ${total} packages, ${seconds}`
}

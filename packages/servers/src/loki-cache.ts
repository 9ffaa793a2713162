import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheDirectory } from './environment.ts'

/** The Go module whose `tool` line pins Loki. */
export const lokiModuleDirectory = fileURLToPath(new URL('../tools/loki', import.meta.url))

/** Flags of the build; part of the cache key. */
export const lokiBuildFlags = ['-p', '2', '-tags', 'netgo', '-ldflags', '-s -w'] as const

/** Where the Loki built from the pinned module lies, whether or not it is there yet. */
export async function lokiCachePath(): Promise<string> {
  const [goMod, goSum] = await Promise.all(
    ['go.mod', 'go.sum'].map((file) => readFile(join(lokiModuleDirectory, file), 'utf8')),
  )
  const version = /grafana\/loki\/v3 (v[\d.]+)/.exec(goMod ?? '')?.[1] ?? 'unknown'
  const key = createHash('sha256')
    .update([goMod, goSum, ...lokiBuildFlags].join('\n'))
    .digest('hex')
    .slice(0, 12)
  return join(cacheDirectory(), `loki-${version}-${key}`, 'loki')
}

// Runs every benchmark of the repository, one after the other, and prints what each reports.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

const benchmarks = [
  ['Cold `cirrus generate --check`', 'packages/cli/bench/generate.mjs'],
  ['What metrics cost the edge', 'openresty/bench/metrics-cost.mjs'],
]

let failed = 0
for (const [title, file] of benchmarks) {
  if (!existsSync(`${root}/${file}`)) throw new Error(`Cannot find benchmark ${file}`)
  process.stdout.write(`\n## ${title}\n\n`)
  const { status } = spawnSync(process.execPath, [file], { cwd: root, stdio: 'inherit' })
  if (status !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1

// Cold `cirrus generate --check`: a new process each time, median of seven. Goal: at most 1,000 ms.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const GOAL_MS = 1000
const RUNS = 7

const run = promisify(execFile)
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** Milliseconds from the start of a process to its end. */
async function measure() {
  const start = performance.now()
  await run(process.execPath, [main, 'generate', '--check'])
  return performance.now() - start
}

const timesMs = []
for (let count = 0; count < RUNS; count += 1) timesMs.push(await measure())
const sorted = timesMs.toSorted((a, b) => a - b).map(Math.round)
const medianMs = sorted[Math.floor(RUNS / 2)] ?? Number.NaN

console.log(
  `generate --check, cold: median ${medianMs} ms of ${sorted.join(', ')} (goal ${GOAL_MS})`,
)
if (medianMs > GOAL_MS) process.exitCode = 3

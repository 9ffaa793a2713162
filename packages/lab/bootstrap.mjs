#!/usr/bin/env node
// The way in from a fresh clone: `npm start`, `npm test`, `npm run check`, or any `cirrus` command.
// Plain JavaScript without dependencies, since it runs before anything is installed or built.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const MIN_NODE = [20, 19]
const HEARTBEAT_MS = 15_000
/** Steps of an everyday command that take less are not worth a line. */
const BRIEF_MS = 2000

const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = join(root, 'packages/cli/dist/main.js')
const [verb = 'start', ...rest] = process.argv.slice(2)
const screen = process.stderr
const isPipeline = ['start', 'test', 'check'].includes(verb)

requireNode()
const running = new Set()
const forward = (signal) => {
  for (const child of running) child.kill(signal)
}
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
for (const signal of signals) process.on(signal, forward)

if (needsInstall()) {
  await step('Install npm packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}
if (verb === 'check') process.exitCode = await check()
else {
  await step('Build', 'node', [bin('typescript', 'bin/tsc'), '-b'])
  if (verb === 'test') process.exitCode = await test(rest)
  else await cirrus(verb === 'start' ? ['up', ...rest] : [verb, ...rest])
}

function requireNode() {
  const current = process.versions.node.split('.').map(Number)
  const isOld = current[0] < MIN_NODE[0] || (current[0] === MIN_NODE[0] && current[1] < MIN_NODE[1])
  if (!isOld) return
  screen.write(
    `Node is ${process.versions.node}; Cirrus needs ${MIN_NODE.join('.')} or newer (https://nodejs.org).\n`,
  )
  process.exit(2)
}

/** npm writes `node_modules/.package-lock.json` last, so its age tells what is installed. */
function needsInstall() {
  const installed = modifiedMs('node_modules/.package-lock.json')
  return installed < modifiedMs('package-lock.json')
}

function modifiedMs(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function bin(name, file) {
  return join(root, 'node_modules', name, file)
}

/** Runs the command line in this process, so that it alone answers to the terminal. */
async function cirrus(args) {
  for (const signal of signals) process.off(signal, forward)
  process.argv = [process.argv[0], cli, ...args]
  await import(pathToFileURL(cli).href)
}

/** Runs one quiet step to its end, or exits with its output. */
async function step(title, command, args) {
  const result = await quietly(title, command, args)
  if (result.code === 0) return
  screen.write(
    `${result.output.trimEnd()}\n${title} failed (${command} ended with ${result.code}).\n`,
  )
  process.exit(1)
}

/** Runs a program with its output kept back, and says how long it takes. */
async function quietly(title, command, args) {
  const startMs = performance.now()
  const stopClock = showClock(title, startMs)
  const result = await capture(command, args)
  stopClock()
  const isBrief = result.code === 0 && performance.now() - startMs < BRIEF_MS
  if (isBrief && !isPipeline) return result
  const mark = result.code === 0 ? '✓' : '✗'
  screen.write(`${mark} ${title.padEnd(22)} ${seconds(startMs)}\n`)
  return result
}

/** At a terminal a line that counts seconds; elsewhere a sign of life now and then. */
function showClock(title, startMs) {
  const isTerminal = screen.isTTY
  const show = () =>
    screen.write(
      isTerminal
        ? `\r  ${title.padEnd(22)} ${seconds(startMs)} `
        : `  ${title} … ${seconds(startMs)}\n`,
    )
  if (isTerminal) show()
  const timer = setInterval(show, isTerminal ? 1000 : HEARTBEAT_MS)
  return () => {
    clearInterval(timer)
    if (isTerminal) screen.write('\r\u001b[K')
  }
}

function seconds(startMs) {
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`
}

async function capture(command, args) {
  let output = ''
  const code = await run(command, args, (text) => {
    output = (output + text).slice(-200_000)
  })
  return { code, output }
}

/** Without `onText`, the program writes straight to our output. */
function run(command, args, onText) {
  const output = onText ? 'pipe' : 'inherit'
  return new Promise((resolve) => {
    const child = spawn(command === 'node' ? process.execPath : command, args, {
      cwd: root,
      stdio: ['ignore', output, output],
    })
    running.add(child)
    const finish = (code) => {
      running.delete(child)
      resolve(code ?? 1)
    }
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', onText)
    }
    child.once('error', (error) => {
      screen.write(`${command}: ${error.message}\n`)
      finish(127)
    })
    child.once('close', finish)
  })
}

/** The gate: every step runs, so that one look shows all that is wrong. */
async function check() {
  const tsc = bin('typescript', 'bin/tsc')
  const steps = [
    ['Format', bin('oxfmt', 'bin/oxfmt'), '--check'],
    ['Lint', bin('oxlint', 'bin/oxlint'), '--deny-warnings'],
    ['Types', tsc, '-b'],
    ['Types of tests', tsc, '-p', 'tsconfig.test.json'],
    ['Generated files', cli, 'generate', '--check'],
  ]
  const failed = []
  for (const [title, ...args] of steps) {
    const { code, output } = await quietly(title, 'node', args)
    if (code !== 0) failed.push(title)
    if (code !== 0) screen.write(`${output.trimEnd()}\n\n`)
  }
  const testCode = await test([])
  if (failed.length > 0) screen.write(`Not in order: ${failed.join(', ')}\n`)
  return failed.length > 0 ? 1 : testCode
}

/** Runs the tests against real servers; the last line of standard output is the sum. */
async function test(args) {
  await run('node', [cli, 'doctor', '--install', '--yes'])
  const file = join(root, '.cirrus/test-results.json')
  mkdirSync(join(root, '.cirrus'), { recursive: true })
  rmSync(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const vitest = [bin('vitest', 'vitest.mjs'), 'run', ...reporters, ...args]
  const code = await run('node', vitest)
  const sum = summarize(readResults(file), code)
  for (const line of sum.notes) process.stdout.write(`${line}\n`)
  const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed${skipped}\n`)
  return sum.failed > 0 || sum.passed === 0 ? 1 : 0
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).testResults
  } catch {
    return []
  }
}

function summarize(files, code) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults)
  const count = (...states) => tests.filter(({ status }) => states.includes(status)).length
  // A file that cannot be loaded has no tests to fail, and must not pass for that.
  const broken = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((each) => each.status === 'failed'),
  )
  const skipped = tests.filter(({ status }) => ['skipped', 'pending', 'todo'].includes(status))
  const failed = count('failed') + broken.length
  const isUnexplained = code !== 0 && failed === 0
  return {
    passed: count('passed'),
    failed: isUnexplained ? 1 : failed,
    skipped: skipped.length,
    notes: [
      ...broken.map(
        ({ name, message }) => `failed: ${relative(root, name)}: ${firstLine(message)}`,
      ),
      ...(isUnexplained ? [`failed: vitest ended with ${code} outside of any test`] : []),
      ...new Set(skipped.map((each) => `skipped: ${each.fullName}`)),
    ],
  }
}

function firstLine(text = '') {
  return text.trim().split('\n')[0]
}

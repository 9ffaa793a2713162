import { describe, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

describe('runCommand', () => {
  it('returns the status and both outputs', async () => {
    expect(await runCommand('sh', ['-c', 'echo out; echo err >&2; exit 3'])).toEqual({
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    })
  })

  it('gives 127 where there is no such program', async () => {
    expect((await runCommand('no-such-program', [])).code).toBe(127)
  })

  it('ends the program with its children at the time limit', async () => {
    const { code } = await runCommand('sh', ['-c', 'sleep 60 & wait'], { timeoutMs: 100 })
    expect(code).not.toBe(0)
  })

  it('ends the program when aborted', async () => {
    const abort = new AbortController()
    const running = runCommand('sh', ['-c', 'echo ready; sleep 60'], {
      signal: abort.signal,
      onLine: () => abort.abort(),
    })
    expect((await running).code).not.toBe(0)
  })
})

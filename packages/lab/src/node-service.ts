import { join } from 'node:path'
import { startProcess } from '@cirrus/servers'
import type { Component, NativeContext, Running } from './component.ts'

/**
 * Starts one of our own Node processes and waits until it answers.
 *
 * Any answer will do: one that says "unhealthy" because Redis is away is no reason to start it again.
 */
export function startNodeService(
  component: Component,
  main: string,
  context: NativeContext,
): Promise<Running> {
  const { health, name } = component
  const address = context.place.address(name, health.port)
  return startProcess({
    name,
    command: process.execPath,
    args: ['--enable-source-maps', join(context.root, main)],
    cwd: context.root,
    env: { ...context.env, ...component.environment(context) },
    logFile: context.logFile,
    isReady: () => answers(`http://${address}${health.path ?? '/'}`),
    readyTimeoutMs: 30_000,
  })
}

function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1000) }).then(
    async (response) => {
      await response.arrayBuffer()
      return true
    },
    () => false,
  )
}

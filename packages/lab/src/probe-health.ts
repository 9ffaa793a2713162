import { createConnection } from 'node:net'
import { answersOk } from '@cirrus/servers'
import type { Component, Place } from './component.ts'

const TIMEOUT_MS = 1000

/** Whether a component answers its health path, or accepts connections where it has none. */
export function probeHealth({ name, health }: Component, place: Place): Promise<boolean> {
  const address = place.address(name, health.port)
  if (health.path !== undefined) return answersOk(`http://${address}${health.path}`)
  const [host = '', port] = address.split(':')
  return new Promise((resolve) => {
    const socket = createConnection({ host, port: Number(port), timeout: TIMEOUT_MS })
    const end = (isUp: boolean) => (): void => {
      socket.destroy()
      resolve(isUp)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}

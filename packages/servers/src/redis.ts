import { createConnection } from 'node:net'
import { join } from 'node:path'
import { requireServer } from './find-server.ts'
import { freePort } from './free-port.ts'
import { serverDirectory } from './server-directory.ts'
import { type RunningProcess, startProcess } from './start-process.ts'

export interface RedisOptions {
  /** Data folder; a fresh temporary one by default. */
  readonly directory?: string
  readonly port?: number
  readonly password?: string
  readonly logFile?: string
}

export interface RunningRedis extends RunningProcess {
  readonly url: string
  readonly port: number
  readonly directory: string
}

/** Starts Redis on 127.0.0.1 with an append-only file; never evicts. */
export async function startRedis(options: RedisOptions = {}): Promise<RunningRedis> {
  const command = await requireServer('redis')
  const directory = await serverDirectory('redis', options.directory)
  const port = options.port ?? (await freePort())
  const { password } = options
  const args = [
    ['--bind', '127.0.0.1', '--port', String(port), '--dir', directory],
    ['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'],
    ['--daemonize', 'no', '--supervised', 'no'],
    password === undefined ? [] : ['--requirepass', password],
  ].flat()
  const running = await startProcess({
    name: 'redis',
    command,
    args,
    cwd: directory,
    logFile: options.logFile ?? join(directory, 'redis.log'),
    isReady: () => answersPing(port, password),
  })
  const credentials = password === undefined ? '' : `:${encodeURIComponent(password)}@`
  return { ...running, url: `redis://${credentials}127.0.0.1:${port}`, port, directory }
}

/** Whether Redis answers PING, so has loaded its data. */
function answersPing(port: number, password: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port, timeout: 500 })
    let reply = ''
    const end = (isUp: boolean): void => {
      socket.destroy()
      resolve(isUp)
    }
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
    socket.once('close', () => end(false))
    socket.on('data', (data) => {
      reply += data.toString()
      if (reply.includes('+PONG')) end(true)
      else if (reply.includes('LOADING')) end(false)
    })
    if (password !== undefined) socket.write(encodeCommand('AUTH', password))
    socket.write(encodeCommand('PING'))
  })
}

/** A command in RESP, the Redis wire format: an array of bulk strings. */
function encodeCommand(...parts: readonly string[]): string {
  const bulk = parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`)
  return `*${parts.length}\r\n${bulk.join('')}`
}

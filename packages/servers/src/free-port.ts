import { createServer } from 'node:net'

/** Ports given out by this process, so that two callers never get the same one. */
const given = new Set<number>()

/** A TCP port on 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = await probe()
    if (!given.has(port)) {
      given.add(port)
      return port
    }
  }
  throw new Error('Cannot find a free port on 127.0.0.1 in 50 tries')
}

function probe(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

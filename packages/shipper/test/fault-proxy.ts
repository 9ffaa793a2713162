import { type IncomingMessage, type Server, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/**
 * What happens to a push, and to queries before it: an answer instead of Loki's, a cut connection,
 * or (pushes only) an answer that gets lost after Loki has taken the lines.
 */
export type Fault = { readonly status: number; readonly text: string } | 'reset' | 'lost_answer'

export interface FaultProxy {
  readonly url: string
  /** Decides on each push, counted from 1; `undefined` lets it pass. */
  fault: (push: number) => Fault | undefined
}

const noFault: FaultProxy['fault'] = () => undefined

/** Stands before a real Loki only to inject faults. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let pushes = 0
  const server = createServer((incoming, outgoing) => {
    const isPush = incoming.url?.endsWith('/push')
    const fault = proxy.fault(pushes + 1)
    if (isPush) pushes += 1
    if (fault === 'reset') incoming.socket.destroy()
    else if (fault === 'lost_answer' && isPush) {
      forward(target, incoming, () => incoming.socket.destroy())
    } else if (fault === undefined || fault === 'lost_answer') {
      forward(target, incoming, (status, body) => outgoing.writeHead(status).end(body))
    } else incoming.resume().once('end', () => outgoing.writeHead(fault.status).end(fault.text))
  })
  const proxy: FaultProxy = { url: await listen(server), fault: noFault }
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return proxy
}

function forward(
  target: string,
  incoming: IncomingMessage,
  onAnswer: (status: number, body: string) => void,
): void {
  const { method, headers, url } = incoming
  const onward = request(new URL(url ?? '', target), { method, headers }, (answer) => {
    void text(answer).then((body) => onAnswer(answer.statusCode ?? 500, body))
  })
  onward.once('error', () => incoming.socket.destroy())
  incoming.pipe(onward)
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

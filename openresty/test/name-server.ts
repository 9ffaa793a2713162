import { createSocket } from 'node:dgram'
import { once } from 'node:events'

export interface NameServer {
  /** host:port */
  readonly address: string
  stop(): void
}

const HEADER_BYTES = 12
const TYPE_A = 1

/** A DNS server over UDP that knows one name; everything else does not exist. */
export async function startNameServer(name: string, address: string): Promise<NameServer> {
  const socket = createSocket('udp4')
  socket.on('message', (query, { port }) => {
    socket.send(answerTo(query, name, address), port, '127.0.0.1')
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { address: `127.0.0.1:${socket.address().port}`, stop: () => void socket.close() }
}

function answerTo(query: Buffer, name: string, address: string): Buffer {
  const nameEnd = query.indexOf(0, HEADER_BYTES)
  const labels = query
    .subarray(HEADER_BYTES, nameEnd)
    .toString('latin1')
    .replace(/[^ -~]/g, '.')
  const question = query.subarray(HEADER_BYTES, nameEnd + 5)
  const isKnown = labels.slice(1) === name && query.readUInt16BE(nameEnd + 1) === TYPE_A
  const header = Buffer.from(query.subarray(0, HEADER_BYTES))
  header.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2)
  header.writeUInt16BE(isKnown ? 1 : 0, 6)
  header.writeUInt32BE(0, 8)
  // A pointer to the question's name, type A, class IN, TTL 60, four bytes.
  const record = Buffer.from([0xc0, HEADER_BYTES, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4])
  const answer = [record, Buffer.from(address.split('.').map(Number))]
  return Buffer.concat([header, question, ...(isKnown ? answer : [])])
}

import { type IncomingMessage, Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Tenant, Visit } from './tenants.ts'
import { type Visitor, nextVisitor } from './visitor.ts'

export interface EdgeAddress {
  readonly httpPort: number
  readonly tlsPort: number
}

export interface TrafficOptions {
  readonly edges: readonly EdgeAddress[]
  readonly tenants: readonly Tenant[]
  /** All tenants together, on average. */
  readonly requestsPerSecond: number
  readonly random: () => number
  readonly nowMs: () => number
}

export interface Traffic {
  /** Requests answered so far. */
  answered(): number
  /** Sends nothing more and drops what is under way. */
  stop(): void
}

const TICK_MS = 50
const MAX_IN_FLIGHT = 64
const TIMEOUT_MS = 15_000
const TLS_SHARE = 0.15
const WAVE_HEIGHT = 0.45

/** Visits the edges as the visitors of the tenants would, until stopped. */
export function createTraffic(options: TrafficOptions): Traffic {
  const { edges, tenants, requestsPerSecond, random, nowMs } = options
  const agents = createAgents()
  let inFlight = 0
  let answered = 0

  function send(tenant: Tenant): void {
    const edge = edges[Math.floor(random() * edges.length)]
    // When the edges are slow, visitors stay away: nothing piles up here.
    if (!edge || inFlight >= MAX_IN_FLIGHT) return
    inFlight += 1
    const visit = { edge, tenant, visit: tenant.visit(random), visitor: nextVisitor(random) }
    const isTls = random() < TLS_SHARE
    sendVisit(visit, isTls ? agents.tls : agents.plain, (isAnswered) => {
      inFlight -= 1
      if (isAnswered) answered += 1
    })
  }

  const timer = setInterval(() => {
    for (const tenant of tenants) {
      const wave = 1 + WAVE_HEIGHT * Math.sin((2 * Math.PI * nowMs()) / tenant.wavePeriodMs)
      const expected = (requestsPerSecond * tenant.share * wave * TICK_MS) / 1000
      const count = Math.floor(expected) + (random() < expected % 1 ? 1 : 0)
      for (let sent = 0; sent < count; sent += 1) send(tenant)
    }
  }, TICK_MS)

  return {
    answered: () => answered,
    stop() {
      clearInterval(timer)
      agents.plain.destroy()
      agents.tls.destroy()
    },
  }
}

interface Sending {
  readonly edge: EdgeAddress
  readonly tenant: Tenant
  readonly visit: Visit
  readonly visitor: Visitor
}

function createAgents(): { readonly plain: HttpAgent; readonly tls: HttpsAgent } {
  const limits = { keepAlive: true, maxTotalSockets: MAX_IN_FLIGHT * 2, maxFreeSockets: 2 }
  // The demo certificates are signed by themselves.
  return {
    plain: new HttpAgent(limits),
    tls: new HttpsAgent({ ...limits, rejectUnauthorized: false }),
  }
}

function sendVisit(
  { edge, tenant, visit, visitor }: Sending,
  agent: HttpAgent | HttpsAgent,
  onEnd: (isAnswered: boolean) => void,
): void {
  const isTls = agent instanceof HttpsAgent
  const options = {
    agent,
    host: '127.0.0.1',
    port: isTls ? edge.tlsPort : edge.httpPort,
    servername: tenant.host,
    localAddress: visitor.address,
    method: visit.method,
    path: visit.path,
    timeout: TIMEOUT_MS,
    headers: {
      host: tenant.host,
      'user-agent': visitor.userAgent,
      ...(visit.isPersonal && { cookie: `session=${visitor.address}` }),
      ...(visit.method === 'POST' && { 'content-length': 0 }),
    },
  }
  let isAnswered = false
  const onResponse = (response: IncomingMessage): void => {
    response.once('end', () => {
      isAnswered = true
    })
    response.on('error', ignore)
    response.resume()
  }
  const request = isTls ? httpsRequest(options, onResponse) : httpRequest(options, onResponse)
  request.once('timeout', () => request.destroy())
  request.on('error', ignore)
  request.once('close', () => onEnd(isAnswered))
  request.end()
}

/** A visit that fails is no fault of ours: the edges and their metrics tell of it. */
function ignore(): void {}

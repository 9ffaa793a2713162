import { finished } from 'node:stream'
import { type LabelValues, type apiMetrics, labels, logEvents } from '@cirrus/catalog'
import { type Logger, logEvent } from '@cirrus/logging'
import type { Instruments } from '@cirrus/metrics'
import type { FastifyReply, FastifyRequest } from 'fastify'

type RequestLabels = LabelValues<typeof apiMetrics.apiRequests>

/** As nginx counts it: nobody was there to take the answer. */
const CLIENT_HUNG_UP = 499

interface Sinks {
  readonly logger: Logger
  readonly metrics: Instruments<typeof apiMetrics>
}

/** Gives a request its id and, when it has ended, one log line and its place in the metrics. */
export type Observe = (request: FastifyRequest, reply: FastifyReply) => void

export function createObserve(sinks: Sinks): Observe {
  return (request, reply) => {
    request.caller = 'anonymous'
    request.outcome = { branch: 'done' }
    reply.header('x-request-id', request.id)
    sinks.metrics.apiRequestsInFlight.inc()
    // Unlike the onResponse hook, this also sees clients that hang up.
    finished(reply.raw, (error) => {
      sinks.metrics.apiRequestsInFlight.dec()
      record(sinks, { request, reply, isAborted: error !== undefined && error !== null })
    })
  }
}

interface Ended {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly isAborted: boolean
}

function record({ logger, metrics }: Sinks, ended: Ended): void {
  const { request, reply, isAborted } = ended
  const duration = reply.elapsedTime / 1000
  const { method, route } = labelsOf(request)
  const status = isAborted ? CLIENT_HUNG_UP : reply.statusCode
  metrics.apiRequests.inc({ method, route, status: classOf(status) })
  metrics.apiRequestDuration.observe({ method, route }, duration)
  const { error, ...outcome } = outcomeOf(ended)
  const fields = {
    request_id: request.id,
    caller: request.caller,
    method: request.method,
    route,
    path: request.url.split('?')[0],
    status,
    branch: outcome.branch,
    reason: outcome.reason,
  }
  if (status >= 500) logEvent(logger, logEvents.apiRequestFailed, { ...fields, err: error })
  else logEvent(logger, logEvents.apiRequest, { ...fields, ...outcome, duration })
}

function outcomeOf({ request, isAborted }: Ended): FastifyRequest['outcome'] {
  if (!isAborted) return request.outcome
  return { ...request.outcome, branch: 'failed', reason: 'client hung up' }
}

function labelsOf(request: FastifyRequest): Pick<RequestLabels, 'method' | 'route'> {
  return {
    method: labels.method.values?.find((name) => name === request.method) ?? 'OTHER',
    route: request.routeOptions.url ?? 'none',
  }
}

function classOf(status: number): RequestLabels['status'] {
  if (status < 300) return '2xx'
  if (status < 400) return '3xx'
  return status < 500 ? '4xx' : '5xx'
}

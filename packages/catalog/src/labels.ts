import { environments } from './environments.ts'
import { jobBranches, jobNames, queueNames } from './jobs.ts'
import { closedLabel, openLabel } from './label.ts'
import { logSources, serviceNames } from './services.ts'
import { businesses, teamNames } from './teams.ts'

// Tenancy: who a series or a log line belongs to.
export const host = openLabel('host', 'Configured domain, `__unknown__` or `__other__`.', 1000)
export const domain = openLabel('domain', 'Configured domain, `__unknown__` or `__other__`.', 1000)
export const env = closedLabel('env', 'Environment of the domain.', environments)
export const team = closedLabel('team', 'Owning team.', teamNames)
export const business = closedLabel('business', 'Line of business.', businesses)
export const service = closedLabel('service', 'Process that wrote the line.', logSources)

// Set by Prometheus on every scraped series.
export const job = closedLabel('job', 'Prometheus job: the service.', serviceNames)
export const instance = openLabel('instance', 'Scraped address, host:port.', 200)

// Edge.
export const httpStatus = openLabel('status', 'HTTP status code of the response.', 60)
export const cacheStatus = closedLabel('status', 'What the cache did.', [
  'HIT',
  'MISS',
  'STALE',
  'BYPASS',
  'EXPIRED',
  'UPDATING',
  'REVALIDATED',
  'NONE',
])
export const origin = openLabel('origin', 'Origin address, host:port.', 500)
export const tlsPhase = closedLabel('phase', 'Where a handshake failed.', [
  'lookup',
  'parse',
  'handshake',
])
export const connectionState = closedLabel('state', 'State of a client connection.', [
  'active',
  'reading',
  'writing',
  'waiting',
])
export const configResult = closedLabel('result', 'How a domain lookup was answered.', [
  'fresh',
  'fetched',
  'stale',
  'unknown',
  'error',
])
export const purgeScope = closedLabel('scope', 'What a purge covered.', ['url', 'domain', 'all'])

// API.
export const method = closedLabel('method', 'HTTP method.', [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'OTHER',
])
export const route = openLabel('route', 'Route template, never the raw path.', 60)
export const statusClass = closedLabel('status', 'Class of the HTTP status.', [
  '2xx',
  '3xx',
  '4xx',
  '5xx',
])

// Worker.
export const jobName = closedLabel('job_name', 'Kind of background job.', jobNames)
export const branch = closedLabel('branch', 'How a job ended.', jobBranches)
export const queue = closedLabel('queue', 'BullMQ queue.', queueNames)
export const node = openLabel('node', 'Edge node id.', 200)
export const checkResult = closedLabel('result', 'Outcome of one health check.', ['ok', 'failed'])

// Shipper.
export const lineOutcome = closedLabel('outcome', 'Where a log line ended.', [
  'delivered',
  'dropped',
  'dead',
])
export const lineReason = closedLabel('reason', 'Why a log line ended there.', [
  'accepted',
  'empty',
  'too_large',
  'too_old',
  'too_new',
  'rejected',
  'corrupt',
  'spool_full',
])
export const guardedLabel = closedLabel('label', 'Label whose value was folded.', [
  'domain',
  'env',
  'team',
  'business',
])
export const pushResult = closedLabel('result', 'Answer of the log store to one push.', [
  'accepted',
  'rejected',
  'throttled',
  'unavailable',
])

// Written by recording rules.
export const slo = openLabel('slo', 'Name of a service level objective.', 50)
export const burnWindow = openLabel('window', 'Time that a burn rate looks back.', 10)

import { logEvents } from '@cirrus/catalog'
import { type Signal, edgeSignals, linesOf, render, severities } from '@cirrus/queries'
import { componentOf } from '../component-table.ts'
import type { ComponentName, Place } from '../component.ts'
import type { Faults } from '../faults.ts'
import { probeHealth } from '../probe-health.ts'
import { demoDomains } from '../seed.ts'
import type { ComponentStatus } from '../supervisor.ts'
import { readLastExport } from './last-export.ts'
import { type LogLine, newestLines } from './loki-client.ts'
import { type Range, type RuleAlert, queryTrends, ruleAlerts } from './prometheus-client.ts'
import { readShipperCounts } from './shipper-counts.ts'
import type { AlertView, ComponentView, DomainView, StatusModel, Trend } from './status-model.ts'

/** Where the status page looks. */
export interface StatusSources {
  /** How this process reaches the components. */
  readonly place: Place
  /** The lab's own folder. */
  readonly directory: string
  readonly statuses: () => readonly ComponentStatus[]
  readonly faults: Faults
  readonly alertTimeScale: number
  readonly nowMs: () => number
}

const POINTS = 60
const STEP_SECONDS = 10
const LOG_LINES = 14

/** Rates over half a minute: what happens shows soon, and single requests do not. */
const context = { windows: { promql: '30s', logql: '30s' }, filters: {} } as const

/** Everything the page shows; what cannot be had is left out. */
export async function collectStatus(
  sources: StatusSources,
  chosenDomain: string | undefined,
): Promise<StatusModel> {
  const { place, faults, nowMs, alertTimeScale } = sources
  const endMs = nowMs()
  const domains = demoDomains.map(({ name }) => name)
  const domain = domains.find((name) => name === chosenDomain) ?? domains[0] ?? ''
  const [domainViews, alerts, lines, shipper, lastExport, components] = await Promise.all([
    collectDomains(urlOf(place, 'prometheus'), endMs),
    collectAlerts(place),
    collectLines(urlOf(place, 'loki'), domain, endMs),
    readShipperCounts(urlOf(place, 'shipper')),
    readLastExport(sources.directory),
    Promise.all(sources.statuses().map((status) => toView(status, place))),
  ])
  return {
    nowMs: endMs,
    components,
    domains: domainViews,
    alerts,
    faults: faults.active(),
    logs: { domain, domains, lines },
    shipper,
    lastExport,
    alertTimeScale,
  }
}

function urlOf(place: Place, component: ComponentName, port?: string): string {
  return `http://${place.address(component, port)}`
}

async function collectDomains(url: string, nowMs: number): Promise<readonly DomainView[]> {
  // Whole steps, so that the points stay where they are from one look to the next.
  const stepMs = STEP_SECONDS * 1000
  const endMs = Math.floor(nowMs / stepMs) * stepMs
  const range: Range = { endMs, points: POINTS, stepSeconds: STEP_SECONDS }
  const trends = (signal: Signal): Promise<ReadonlyMap<string, Trend>> =>
    queryTrends(url, render(signal.expr, context), { label: 'host', range })
  const [requestRate, hitRatio, errorRatio, latencyP99] = await Promise.all([
    trends(edgeSignals.requestRate),
    trends(edgeSignals.hitRatio),
    trends(edgeSignals.errorRatio),
    trends(edgeSignals.latencyP99),
  ])
  const nothing: Trend = { points: [], now: undefined }
  return demoDomains.map(({ name, team, business }) => ({
    name,
    team,
    business,
    requestRate: requestRate.get(name) ?? nothing,
    hitRatio: hitRatio.get(name) ?? nothing,
    errorRatio: errorRatio.get(name) ?? nothing,
    latencyP99: latencyP99.get(name) ?? nothing,
  }))
}

/** Requests and errors of a domain, newest first. */
async function collectLines(
  url: string,
  domain: string,
  endMs: number,
): Promise<readonly LogLine[] | undefined> {
  const events = [
    linesOf(logEvents.edgeRequest, { domain }),
    linesOf(logEvents.edgeError, { domain }),
  ]
  const found = await Promise.all(
    events.map((lines) => newestLines(url, render(lines, context), { limit: LOG_LINES, endMs })),
  )
  if (found.includes(undefined)) return undefined
  return found
    .flatMap((lines) => lines ?? [])
    .toSorted((a, b) => b.timeMs - a.timeMs)
    .slice(0, LOG_LINES)
}

async function collectAlerts(place: Place): Promise<readonly AlertView[]> {
  const [metric, log] = await Promise.all([
    ruleAlerts(urlOf(place, 'prometheus')),
    ruleAlerts(`${urlOf(place, 'loki')}/prometheus`),
  ])
  return mostUrgent([...metric, ...log].toSorted(byUrgency)).map(toAlertView)
}

function toAlertView({ labels, annotations, isFiring, sinceMs }: RuleAlert): AlertView {
  const links = [
    { title: 'Panel', url: annotations['dashboard_url'] },
    { title: 'Runbook', url: annotations['runbook_url'] },
    { title: 'Logs', url: annotations['logs_url'] },
  ]
  return {
    name: labels['alertname'] ?? '',
    isFiring,
    severity: labels['severity'] ?? '',
    team: labels['team'] ?? '',
    summary: annotations['summary'] ?? '',
    sinceMs,
    links: links.flatMap(({ title, url }) => (url === undefined ? [] : [{ title, url }])),
  }
}

function urgencyOf({ labels }: RuleAlert): number {
  return severities.findIndex((severity) => severity === labels['severity'])
}

/** A page says all that its own ticket would; Alertmanager holds the ticket back as well. */
function mostUrgent(sorted: readonly RuleAlert[]): readonly RuleAlert[] {
  const told = new Map<string, number>()
  return sorted.filter((alert) => {
    const identity = JSON.stringify({ ...alert.labels, severity: '' })
    const urgency = urgencyOf(alert)
    if ((told.get(identity) ?? Number.POSITIVE_INFINITY) <= urgency) return false
    told.set(identity, urgency)
    return true
  })
}

function byUrgency(a: RuleAlert, b: RuleAlert): number {
  if (a.isFiring !== b.isFiring) return a.isFiring ? -1 : 1
  const order = urgencyOf(a) - urgencyOf(b)
  return order === 0 ? a.sinceMs - b.sinceMs : order
}

async function toView(status: ComponentStatus, place: Place): Promise<ComponentView> {
  const component = componentOf(status.name)
  const { description, page, ports } = component
  const [mainPort = 'http'] = Object.keys(ports)
  return {
    ...status,
    isHealthy: status.state === 'up' && (await probeHealth(component, place)),
    description,
    address: place.address(status.name, mainPort),
    page: page && {
      title: page.title,
      url: `${urlOf(place, status.name, page.port)}${page.path}`,
    },
  }
}

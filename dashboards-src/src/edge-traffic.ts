import { edgeMetrics, logEvents } from '@cirrus/catalog'
import { atLeast, edgeSignals, linesOf } from '@cirrus/queries'
import type { Dashboard } from './style/dashboard.ts'
import { show } from './style/panel.ts'
import { logs, timeSeries } from './style/panels.ts'
import { domainVariables } from './style/variables.ts'

const signals = edgeSignals

/** Panels that alerts link to. */
export const edgeTrafficPanels = {
  errorRatio: timeSeries({ id: 3, series: [show(signals.errorRatio, ({ host }) => host)] }),
  latency: timeSeries({
    id: 4,
    title: 'Latency',
    series: [
      show(signals.latencyP99, ({ host }) => `${host} p99`),
      show(signals.latencyP95, ({ host }) => `${host} p95`),
    ],
  }),
  hitRatio: timeSeries({ id: 6, series: [show(signals.hitRatio, ({ host }) => host)] }),
  logErrorRate: timeSeries({
    id: 13,
    width: 24,
    series: [show(signals.logErrorRate, ({ host }) => host)],
  }),
  redisUp: timeSeries({ id: 16, series: [show(signals.redisUp, ({ instance }) => instance)] }),
  logUpstreamTimeouts: timeSeries({
    id: 17,
    width: 8,
    series: [show(signals.logUpstreamTimeoutRate, ({ host }) => host)],
  }),
  logTlsFailures: timeSeries({
    id: 18,
    width: 8,
    series: [show(signals.logTlsFailureRate, ({ host }) => host)],
  }),
  logLuaErrors: timeSeries({
    id: 19,
    width: 8,
    series: [show(signals.logLuaErrorRate, () => 'Lua errors')],
  }),
} as const

const panels = edgeTrafficPanels

/** What clients of each domain get, and what cache and origins have to do with it. */
export const edgeTraffic: Dashboard = {
  uid: 'edge-traffic',
  folder: 'edge',
  title: 'Edge traffic and cache',
  description: 'What clients of each domain get, and what cache and origins have to do with it.',
  variables: domainVariables(edgeMetrics.domainInfo),
  rows: [
    {
      title: 'Traffic',
      panels: [
        timeSeries({
          id: 1,
          unit: 'reqps',
          series: [show(signals.requestRate, ({ host }) => host)],
        }),
        timeSeries({
          id: 2,
          unit: 'reqps',
          stacked: true,
          series: [show(signals.statusRate, ({ status }) => status)],
        }),
        panels.errorRatio,
        panels.latency,
        timeSeries({ id: 5, series: [show(signals.bytesRate, ({ host }) => host)] }),
        timeSeries({ id: 23, series: [show(signals.requestBytesRate, ({ host }) => host)] }),
      ],
    },
    {
      title: 'Cache',
      panels: [
        panels.hitRatio,
        timeSeries({
          id: 7,
          unit: 'reqps',
          stacked: true,
          series: [show(signals.cacheVerdictRate, ({ status }) => status)],
        }),
      ],
    },
    {
      title: 'Origins',
      panels: [
        timeSeries({ id: 8, width: 8, series: [show(signals.originRatio, ({ host }) => host)] }),
        timeSeries({
          id: 9,
          width: 8,
          series: [show(signals.originErrorRatio, ({ host, origin }) => `${host} → ${origin}`)],
        }),
        timeSeries({
          id: 10,
          width: 8,
          series: [show(signals.originLatencyP95, ({ host }) => host)],
        }),
      ],
    },
    {
      title: 'Edges',
      panels: [
        timeSeries({ id: 11, series: [show(signals.tlsErrorRate, ({ phase }) => phase)] }),
        timeSeries({ id: 12, series: [show(signals.connections, ({ state }) => state)] }),
        panels.redisUp,
        timeSeries({ id: 20, series: [show(signals.configLookupRate, ({ result }) => result)] }),
        timeSeries({ id: 21, series: [show(signals.purgeRate, ({ scope }) => scope)] }),
        timeSeries({ id: 22, series: [show(signals.metricErrorRate, ({ instance }) => instance)] }),
      ],
    },
    {
      title: 'Logs',
      panels: [
        panels.logErrorRate,
        panels.logUpstreamTimeouts,
        panels.logTlsFailures,
        panels.logLuaErrors,
        logs({
          id: 14,
          title: 'Failed requests',
          description: 'Access log lines with a 5xx status.',
          lines: linesOf(logEvents.edgeRequest, { status: atLeast(500) }),
        }),
        logs({
          id: 15,
          title: 'Error log',
          description: 'Error log lines of the edges that name a selected domain.',
          lines: linesOf(logEvents.edgeError),
        }),
      ],
    },
  ],
}

import { logEvents } from '@cirrus/catalog'
import { edgeTraffic, edgeTrafficPanels as panels, panelRef } from '@cirrus/dashboards-src'
import { edgeSignals, linesOf, minutes } from '@cirrus/queries'
import { type AlertGroup, type InputLines, defineAlert, logging } from '@cirrus/rules'

const host = 'news.demo.test'
const owner = { env: 'production', team: 'newsroom', business: 'news' } as const
const labels = { host, ...owner }
const atSeconds = minutes(10)

function errors(text: string, perSecond: number): InputLines {
  return { ...logging(logEvents.edgeError, { domain: host, ...owner }, perSecond), text }
}

const timeout = 'upstream timed out (110: Connection timed out) while connecting to upstream'

const upstreamTimeouts = defineAlert({
  name: 'EdgeLogUpstreamTimeouts',
  signal: edgeSignals.logUpstreamTimeoutRate,
  team: { fromLabel: 'team' },
  levels: { ticket: { forSeconds: minutes(5) } },
  summary: ({ host: domain }, value) => `Origins of ${domain} time out ${value} times a second`,
  description: ({ host: domain, team }, value) =>
    `The error log of the edges says ${value} times a second that an origin of ${domain} (team ${team}) timed out.`,
  panel: panelRef(edgeTraffic, panels.logUpstreamTimeouts),
  logs: ({ host: domain }) => linesOf(logEvents.edgeError, { domain }),
  tests: {
    firing: [
      {
        name: 'timeouts',
        input: [errors(timeout, 1)],
        atSeconds,
        levels: ['ticket'],
        labels,
        value: 1,
      },
    ],
    silent: [
      { name: 'other errors', input: [errors('connect() failed', 1)], atSeconds },
      { name: 'a timeout now and then', input: [errors(timeout, 0.05)], atSeconds },
    ],
  },
})

const handshake = 'SSL_do_handshake() failed (SSL: error:0A000086:certificate verify failed)'

const tlsFailures = defineAlert({
  name: 'EdgeLogTlsFailures',
  signal: edgeSignals.logTlsFailureRate,
  team: { fromLabel: 'team' },
  levels: { ticket: { forSeconds: minutes(5) } },
  summary: ({ host: domain }, value) =>
    `TLS with origins of ${domain} fails ${value} times a second`,
  description: ({ host: domain, team }, value) =>
    `The error log of the edges says ${value} times a second that TLS with an origin of ${domain} (team ${team}) failed.`,
  panel: panelRef(edgeTraffic, panels.logTlsFailures),
  logs: ({ host: domain }) => linesOf(logEvents.edgeError, { domain }),
  tests: {
    firing: [
      {
        name: 'handshakes fail',
        input: [errors(handshake, 1)],
        atSeconds,
        levels: ['ticket'],
        labels,
        value: 1,
      },
    ],
    silent: [
      { name: 'other errors', input: [errors('connect() failed', 1)], atSeconds },
      { name: 'a failure now and then', input: [errors(handshake, 0.05)], atSeconds },
    ],
  },
})

const abort = 'lua entry thread aborted: runtime error: attempt to index a nil value'

const luaErrors = defineAlert({
  name: 'EdgeLogLuaErrors',
  signal: edgeSignals.logLuaErrorRate,
  team: 'platform',
  levels: { ticket: { forSeconds: minutes(2) } },
  summary: (_, value) => `Code of the edges fails ${value} times a second`,
  description: (_, value) =>
    `The error log of the edges has ${value} lines a second about errors in their own Lua code.`,
  panel: panelRef(edgeTraffic, panels.logLuaErrors),
  logs: () => linesOf(logEvents.edgeError),
  tests: {
    firing: [
      {
        name: 'threads abort',
        input: [errors(abort, 1)],
        atSeconds,
        levels: ['ticket'],
        labels: {},
        value: 1,
      },
    ],
    silent: [{ name: 'other errors', input: [errors('connect() failed', 1)], atSeconds }],
  },
})

/** What the error log of the edges says again and again. */
export const edgeLogAlerts: AlertGroup = {
  name: 'edge-logs',
  source: 'alerts/src/edge-logs.ts',
  alerts: [upstreamTimeouts, tlsFailures, luaErrors],
}

import { type Team, labels as catalogLabels, teamNames } from '@cirrus/catalog'
import { type Severity, formatDuration, hours, minutes, severities } from '@cirrus/queries'
import type { AlertGroup } from './alert-group.ts'
import type { RenderOptions } from './options.ts'
import { burnLabel } from './slo/burn-window.ts'
import { toYaml } from './yaml.ts'

const { burnWindow } = catalogLabels

/** Who gets an alert that names no team: the people who run the telemetry. */
const FALLBACK_TEAM: Team = 'platform'

const repeatSeconds = {
  page: hours(1),
  ticket: hours(24),
  info: hours(72),
} as const satisfies Record<Severity, number>

/** Routes by team and severity, receivers; a page silences its own ticket, a fast burn the slow one. */
export function renderAlertmanagerFile(
  groups: readonly AlertGroup[],
  options: RenderOptions,
): string {
  return toYaml('packages/rules/src/alertmanager-file.ts', {
    route: {
      receiver: receiverName(FALLBACK_TEAM, 'ticket'),
      // One message per alert and environment, however many domains or nodes it lists.
      group_by: ['alertname', 'env'],
      group_wait: formatDuration(30 * options.timeScale),
      group_interval: formatDuration(minutes(1) * options.timeScale),
      repeat_interval: formatDuration(repeatSeconds.ticket),
      routes: [...teamNames.map(teamRoute), ...severityRoutes(FALLBACK_TEAM)],
    },
    inhibit_rules: [
      {
        source_matchers: ['severity = page'],
        target_matchers: ['severity =~ "ticket|info"'],
        equal: ['alertname', ...alertLabels(groups)],
      },
      {
        source_matchers: [`${burnLabel} = fast`],
        target_matchers: [`${burnLabel} = slow`],
        equal: ['alertname', 'severity', ...alertLabels(groups)],
      },
    ],
    receivers: teamNames.flatMap((team) => severities.map((severity) => receiver(team, severity))),
  })

  function receiver(team: Team, severity: Severity): object {
    const name = receiverName(team, severity)
    return { name, webhook_configs: [{ url: options.receiverUrl, send_resolved: true }] }
  }
}

function teamRoute(team: Team): object {
  return {
    matchers: [`team = ${team}`],
    receiver: receiverName(team, 'ticket'),
    routes: severityRoutes(team),
  }
}

function severityRoutes(team: Team): readonly object[] {
  return severities.map((severity) => ({
    matchers: [`severity = ${severity}`],
    receiver: receiverName(team, severity),
    repeat_interval: formatDuration(repeatSeconds[severity]),
  }))
}

/** Labels that tell two firing alerts of one name apart, severity aside. */
function alertLabels(groups: readonly AlertGroup[]): readonly string[] {
  const labels = groups.flatMap(({ alerts }) => alerts.flatMap(({ signal }) => signal.expr.labels))
  // Fast and slow burns of one budget differ in how far they look back.
  return [...new Set(labels)].filter((label) => label !== burnWindow.name).toSorted()
}

function receiverName(team: Team, severity: Severity): string {
  return `${team}-${severity}`
}

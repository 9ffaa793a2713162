import { componentOf } from './component-table.ts'
import type { ComponentName } from './component.ts'
import type { ComponentStatus } from './supervisor.ts'

export interface ScreenOptions {
  readonly url: (component: ComponentName, port?: string) => string
  readonly statuses: readonly ComponentStatus[]
  readonly elapsedMs: number
  readonly alertTimeScale: number
  readonly requestsPerSecond: number
  /** Where the API's token stands, as people type it. */
  readonly tokenFile: string
  /** The lab's folder, as people type it. */
  readonly directory: string
}

const WIDTH = 14

/** What runs, where it is, what to try next: the one screen that `cirrus up` ends on. */
export function renderScreen(options: ScreenOptions): string {
  const { elapsedMs, statuses, directory, url } = options
  return [
    '',
    `Cirrus is up (${(elapsedMs / 1000).toFixed(1)} s)`,
    '',
    line('Status page', url('status'), 'start here'),
    '',
    ...statuses.map((status) => componentLine(status, options)),
    '',
    ...notes(options),
    '',
    'Try next',
    ...suggestions(options).flatMap(([title, ...commands]) => [
      `  ${title}`,
      ...commands.map((command) => `    ${command}`),
    ]),
    '',
    `Logs and data are in ${directory}; a second start keeps them, --fresh forgets them. Ctrl-C stops everything.`,
    '',
  ].join('\n')
}

function componentLine({ name, state, detail }: ComponentStatus, { url }: ScreenOptions): string {
  const { page, description, ports } = componentOf(name)
  const [mainPort = 'http'] = Object.keys(ports)
  const path = page?.port === mainPort ? page.path : ''
  const address = `${url(name, mainPort)}${path}`.replace(
    /^http/,
    mainPort === 'redis' ? 'redis' : 'http',
  )
  return line(name, address, state === 'up' ? description : `${state}: ${detail}`)
}

function line(title: string, address: string, comment: string): string {
  return `  ${title.padEnd(WIDTH)}${address.padEnd(38)} ${comment}`
}

function notes(options: ScreenOptions): readonly string[] {
  const { alertTimeScale, requestsPerSecond, statuses } = options
  const loki = statuses.find(({ name }) => name === 'loki')
  const traffic =
    requestsPerSecond > 0
      ? `Three demo sites are visited about ${requestsPerSecond} times a second.`
      : 'There is no demo traffic.'
  const pace = `Alert windows and waits are ${Math.round(alertTimeScale * 100)} % of their real length (CIRRUS_LAB_ALERT_TIME_SCALE).`
  const building = `Loki is not up yet (${loki?.detail}). The shipper keeps the lines on disk and delivers them when it answers.`
  const absent = `Loki is missing, so there are no logs to search: ${loki?.detail}`
  return [
    traffic,
    ...(alertTimeScale === 1 ? [] : [pace]),
    ...(loki?.state === 'absent' ? [absent] : loki?.state === 'up' ? [] : [building]),
  ]
}

function suggestions({ url, tokenFile }: ScreenOptions): readonly (readonly string[])[] {
  return [
    [
      'A page through the edge; a second time it is a HIT:',
      `curl -i -H 'Host: news.demo.test' ${url('edge-a')}/`,
    ],
    [
      'The control API:',
      `curl -H "Authorization: Bearer $(cat ${tokenFile})" ${url('api')}/api/v1/domains`,
    ],
    [
      'Break the shop: its alert fires within a minute. Then heal it:',
      'npx cirrus lab break origin',
      'npx cirrus lab heal origin',
    ],
    ['Access logs to Parquet, verified and summed up by domain:', 'npx cirrus export'],
  ]
}

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { renderRules } from '@cirrus/alerts'
import { SCRAPE_INTERVAL_SECONDS, type Service, serviceNames } from '@cirrus/catalog'
import { stringify } from 'yaml'
import { components } from './component-table.ts'
import type { Place } from './component.ts'

interface ConfigOptions {
  readonly place: Place
  /** Where people reach the status page, which stands in for Grafana and takes webhooks. */
  readonly statusUrl: string
  /** Multiplies every duration of the rules. */
  readonly alertTimeScale: number
}

const PROMETHEUS_FILE = 'prometheus/prometheus.yml'

/** The configuration of Prometheus, Alertmanager and Loki's ruler in this lab, by path. */
export function renderConfig(options: ConfigOptions): ReadonlyMap<string, string> {
  const { statusUrl, alertTimeScale } = options
  const rules = renderRules({
    timeScale: alertTimeScale,
    links: { grafana: statusUrl, runbooks: `${statusUrl}/runbooks` },
    receiverUrl: `${statusUrl}/hooks/alertmanager`,
  })
  return new Map(rules).set(PROMETHEUS_FILE, renderPrometheus(options.place))
}

/** Writes files below a folder and removes all others from it. */
export async function writeConfig(
  directory: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  await mkdir(directory, { recursive: true })
  const present = await readdir(directory, { recursive: true, withFileTypes: true })
  const stale = present
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !files.has(file.slice(directory.length + 1)))
  await Promise.all(stale.map((file) => rm(file)))
  for (const [path, text] of files) {
    await mkdir(join(directory, dirname(path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
}

function renderPrometheus(place: Place): string {
  return stringify({
    global: { scrape_interval: `${SCRAPE_INTERVAL_SECONDS}s` },
    rule_files: ['rules/*.yaml'],
    alerting: {
      alertmanagers: [{ static_configs: [{ targets: [place.address('alertmanager')] }] }],
    },
    scrape_configs: serviceNames.map((service) => ({
      job_name: service,
      static_configs: [{ targets: targetsOf(service, place) }],
    })),
  })
}

function targetsOf(service: Service, place: Place): readonly string[] {
  return components
    .filter((component) => component.service === service)
    .map(({ name, ports }) => place.address(name, ports['metrics'] ? 'metrics' : 'http'))
}

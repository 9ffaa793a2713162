import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { renderRules } from '@cirrus/alerts'
import { type Service, serviceNames } from '@cirrus/catalog'
import { components } from './component-table.ts'
import type { Place } from './component.ts'

interface ConfigOptions {
  readonly place: Place
  /** Where people reach the status page, which stands in for Grafana and takes webhooks. */
  readonly statusUrl: string
  /** Multiplies every duration of the rules. */
  readonly alertTimeScale: number
}

/** What differs in this lab from the files of the checkout: rules, routes and who is scraped; by path. */
export function renderConfig(options: ConfigOptions): ReadonlyMap<string, string> {
  const { statusUrl, alertTimeScale } = options
  const rules = renderRules({
    timeScale: alertTimeScale,
    links: { grafana: statusUrl, runbooks: `${statusUrl}/runbooks` },
    receiverUrl: `${statusUrl}/hooks/alertmanager`,
  })
  return new Map([...rules, ...renderTargets(options.place)])
}

/** `prometheus.yml` as it is in the checkout; it reads who to scrape from the files beside it. */
export async function copyPrometheusFile(root: string, directory: string): Promise<void> {
  await mkdir(join(directory, 'prometheus'), { recursive: true })
  const path = 'prometheus/prometheus.yml'
  await copyFile(join(root, path), join(directory, path))
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

function renderTargets(place: Place): readonly (readonly [string, string])[] {
  const all = serviceNames.map((service) => [service, targetsOf(service, place)] as const)
  return [...all, ['alertmanager', [place.address('alertmanager')]] as const].map(
    ([name, targets]) => [`prometheus/targets/${name}.json`, `${JSON.stringify([{ targets }])}\n`],
  )
}

function targetsOf(service: Service, place: Place): readonly string[] {
  return components
    .filter((component) => component.service === service)
    .map(({ name, ports }) => place.address(name, ports['metrics'] ? 'metrics' : 'http'))
}

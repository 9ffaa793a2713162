import { basename } from 'node:path'
import { missingPackages } from './debian.ts'
import { type FoundServer, type ServerName, findServer, serverDefinitions } from './find-server.ts'
import { whyNoGo } from './go-tool.ts'

/** How a missing server comes onto this machine. */
export type Remedy = 'debian' | 'go-build' | 'by-hand'

export interface MissingServer {
  readonly name: ServerName
  readonly remedy: Remedy
  /** What the system needs it for. */
  readonly purpose: string
  /** Debian packages that bring it. */
  readonly packages: readonly string[]
  /** What to do, as a sentence for people. */
  readonly how: string
}

export interface InstallPlan {
  readonly found: readonly FoundServer[]
  readonly missing: readonly MissingServer[]
}

interface Source {
  readonly purpose: string
  readonly packages: readonly string[]
}

const sources: Readonly<Record<ServerName, Source>> = {
  redis: { purpose: 'domains, nodes, certificates, job queues', packages: ['redis-server'] },
  nginx: {
    purpose: 'the edges: cache, routing, TLS, metrics',
    packages: [
      'nginx',
      'libnginx-mod-http-lua',
      'lua-nginx-redis',
      'lua-nginx-dns',
      'lua-cjson',
      'openssl',
    ],
  },
  prometheus: { purpose: 'metrics and alert rules', packages: ['prometheus'] },
  promtool: { purpose: 'checks generated rules', packages: ['prometheus'] },
  alertmanager: { purpose: 'routes alerts to teams', packages: ['prometheus-alertmanager'] },
  amtool: { purpose: 'checks generated routes', packages: ['prometheus-alertmanager'] },
  loki: { purpose: 'stores logs, evaluates log alerts', packages: [] },
}

/** What of the named servers is here, what is not, and how it can be had. */
export async function planInstall(names: readonly ServerName[]): Promise<InstallPlan> {
  const entries = await Promise.all(
    names.map(async (name) => ({ name, found: await findServer(name) })),
  )
  const usable: FoundServer[] = []
  const missing: MissingServer[] = []
  for (const { name, found } of entries) {
    const packages = await packagesFor(name, found)
    if (found && packages.length === 0) usable.push(found)
    else missing.push(await describeMissing(name, packages))
  }
  return { found: usable, missing }
}

/** The Debian packages that a plan asks for, each once. */
export function debianPackages(plan: InstallPlan): readonly string[] {
  const wanted = plan.missing.filter(({ remedy }) => remedy === 'debian')
  return [...new Set(wanted.flatMap(({ packages }) => packages))]
}

/** A stock nginx is of no use without its Lua packages; OpenResty and other finds are complete. */
async function packagesFor(
  name: ServerName,
  found: FoundServer | undefined,
): Promise<readonly string[]> {
  const { packages } = sources[name]
  if (!found) return packages
  const isStockNginx =
    name === 'nginx' && found.source === 'path' && basename(found.path) === 'nginx'
  return isStockNginx ? missingPackages(packages) : []
}

async function describeMissing(
  name: ServerName,
  packages: readonly string[],
): Promise<MissingServer> {
  const { purpose } = sources[name]
  if (packages.length > 0) {
    const how = `install the Debian packages ${packages.join(' ')}`
    return { name, remedy: 'debian', purpose, packages, how }
  }
  const noGo = await whyNoGo()
  if (noGo === undefined) {
    const how = 'build it once with Go, a few minutes'
    return { name, remedy: 'go-build', purpose, packages, how }
  }
  const how = `${noGo}; install Go, or set ${serverDefinitions[name].variable} to the program`
  return { name, remedy: 'by-hand', purpose, packages, how }
}

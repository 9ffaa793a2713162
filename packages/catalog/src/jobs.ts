/** How a job run ended: the same words in API, logs, metrics and events. */
export const jobBranches = ['done', 'skipped', 'locked', 'rate_limited', 'failed'] as const

export type JobBranch = (typeof jobBranches)[number]

interface JobDefinition {
  readonly queue: string
  readonly description: string
}

/** Every background job and the BullMQ queue it runs on. */
export const jobs = {
  'node-health': { queue: 'health', description: 'Probes every edge node.' },
  'certificate-inventory': {
    queue: 'certificates',
    description: 'Reads validity of every stored certificate.',
  },
} as const satisfies Record<string, JobDefinition>

export type JobName = keyof typeof jobs
export type QueueName = (typeof jobs)[JobName]['queue']

export const jobNames = Object.keys(jobs) as readonly JobName[]
export const queueNames = [
  ...new Set(Object.values(jobs).map(({ queue }) => queue)),
] as readonly QueueName[]

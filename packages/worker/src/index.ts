export { type WorkerConfig, loadWorkerConfig } from './config.ts'
export { type Worker, createWorker } from './create-worker.ts'
export { JobStalledError, LockLostError, RedisEvictsError } from './errors.ts'
export type { Sources } from './sources.ts'

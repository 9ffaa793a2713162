import type { Surroundings } from './component.ts'

/** Where components reach Redis, with its password. */
export function redisUrl({ place, secrets }: Surroundings): string {
  return `redis://:${encodeURIComponent(secrets.redisPassword)}@${place.address('redis', 'redis')}`
}

import { describe, expect, it } from 'vitest'
import { dockerPlace, nativePlace } from './place.ts'

describe('nativePlace', () => {
  const place = nativePlace('/lab', new Map([['api.http', 4401]]))

  it('reaches and binds components on loopback', () => {
    expect(place.address('api')).toBe('127.0.0.1:4401')
    expect(place.bind('api')).toEqual({ host: '127.0.0.1', port: 4401 })
    expect(place.directory('logs')).toBe('/lab/logs')
  })

  it('refuses a port that a component does not have', () => {
    expect(() => place.address('api', 'metrics')).toThrow('api has no port named metrics')
  })
})

describe('dockerPlace', () => {
  it('reaches components by service name and container port', () => {
    expect(dockerPlace.address('loki')).toBe('loki:3100')
    expect(dockerPlace.bind('edge-b', 'metrics')).toEqual({ host: '0.0.0.0', port: 9145 })
  })
})

import type { Component } from '../component.ts'
import { startNodeService } from '../node-service.ts'

export const origins: Component = {
  name: 'origins',
  description: 'demo sites: news, shop, video',
  ports: {
    http: { default: 4430, env: 'CIRRUS_LAB_ORIGINS_PORT', container: 9000 },
    news: { default: 4431, env: 'CIRRUS_LAB_NEWS_PORT', container: 9001 },
    shop: { default: 4432, env: 'CIRRUS_LAB_SHOP_PORT', container: 9002 },
    video: { default: 4433, env: 'CIRRUS_LAB_VIDEO_PORT', container: 9003 },
  },
  dependsOn: [],
  environment: ({ place }) => ({
    CIRRUS_ORIGINS_HOST: place.bind('origins').host,
    CIRRUS_ORIGINS_CONTROL_PORT: String(place.bind('origins').port),
    CIRRUS_ORIGINS_NEWS_PORT: String(place.bind('origins', 'news').port),
    CIRRUS_ORIGINS_SHOP_PORT: String(place.bind('origins', 'shop').port),
    CIRRUS_ORIGINS_VIDEO_PORT: String(place.bind('origins', 'video').port),
  }),
  start: (context) => startNodeService(origins, 'packages/lab/dist/origins/main.js', context),
  docker: { build: 'compose/node', command: ['packages/lab/dist/origins/main.js'], mounts: [] },
  health: { port: 'http', path: '/healthz' },
  logs: { files: ['origins.log'], keeping: 'restart' },
}

import type { Component } from '../component.ts'

/** In Docker only: Debian has no package of it. */
export const grafana: Component = {
  name: 'grafana',
  description: 'the generated dashboards',
  ports: { http: { default: 4460, env: 'CIRRUS_LAB_GRAFANA_PORT', container: 3000 } },
  dependsOn: [],
  environment: () => ({
    GF_AUTH_ANONYMOUS_ENABLED: 'true',
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
  }),
  docker: {
    image: 'docker.io/grafana/grafana:12.3.0',
    mounts: [
      '../grafana/provisioning:/etc/grafana/provisioning:ro',
      '../grafana/dashboards:/var/lib/grafana/dashboards:ro',
      'grafana:/var/lib/grafana',
    ],
  },
  health: { port: 'http', path: '/api/health' },
  page: { port: 'http', path: '/dashboards', title: 'dashboards' },
  logs: { files: ['grafana.log'], keeping: 'truncate' },
}

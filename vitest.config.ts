import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['@cirrus/source', ...defaultServerConditions] }

export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    include: [
      'packages/*/{src,test}/**/*.test.ts',
      '{dashboards-src,alerts}/{src,test}/**/*.test.ts',
      'openresty/test/**/*.test.ts',
    ],
    // Real servers on a two-core machine: two workers keep start-up times honest.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})

#!/usr/bin/env node
// Exits with 0 if a URL answers with a 2xx status: the image has no curl.
const { ok } = await fetch(process.argv[2], { signal: AbortSignal.timeout(2000) })
process.exit(ok ? 0 : 1)

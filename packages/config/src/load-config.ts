import { Ajv, type ErrorObject } from 'ajv'
import type { Static, TObject, TSchema } from 'typebox'
import { ConfigError, type ConfigProblem } from './errors.ts'
import { describeWanted } from './describe-wanted.ts'
import { deepFreeze } from './deep-freeze.ts'

interface SettingOptions {
  /** Name of the environment variable. */
  readonly env: string
  /** Masks the value in messages. */
  readonly secret?: boolean
  /** Shown in help and docs. */
  readonly description: string
}

/** Attaches the environment variable to a property of a configuration schema. */
export function setting<T extends TSchema>(schema: T, options: SettingOptions): T {
  return { ...schema, ...options }
}

type Settings = Readonly<Record<string, TSchema & Partial<SettingOptions>>>

/**
 * Reads the declared variables of `source`, checks them all, and returns a frozen object.
 *
 * @param schema an object schema whose properties are made with {@link setting}
 * @param source usually `process.env`
 * @param prefix variables that start with it and are not declared are problems too
 * @throws {ConfigError} with every problem at once
 */
export function loadConfig<T extends TObject>(
  schema: T,
  source: Readonly<Record<string, string | undefined>>,
  prefix?: string,
): Readonly<Static<T>> {
  const settings: Settings = schema.properties
  const raw: Record<string, unknown> = {}
  for (const [name, { env }] of Object.entries(settings)) {
    const value = env === undefined ? undefined : source[env]
    if (value !== undefined && value !== '') raw[name] = value
  }
  const problems = [
    ...unknownVariables(settings, source, prefix),
    ...validate(schema, raw).map((error) => toProblem(error, settings, raw)),
  ]
  if (problems.length > 0) throw new ConfigError(problems)
  return deepFreeze(raw as Static<T>)
}

/** Validates in place, filling defaults and turning text into the wanted scalar types. */
function validate(schema: TObject, raw: Record<string, unknown>): readonly ErrorObject[] {
  // Environment variables are text: `array` coercion would also split none of them, so scalars only.
  const ajv = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true, strict: false })
  const check = ajv.compile(structuredClone(schema))
  check(raw)
  return check.errors ?? []
}

function toProblem(
  error: ErrorObject,
  settings: Settings,
  raw: Readonly<Record<string, unknown>>,
): ConfigProblem {
  const missing = error.keyword === 'required' ? String(error.params['missingProperty']) : undefined
  const name = missing ?? error.instancePath.split('/')[1] ?? ''
  const entry = settings[name]
  const current = missing === undefined ? String(raw[name]) : undefined
  return {
    setting: entry?.env ?? name,
    current: current !== undefined && entry?.secret ? '***' : current,
    wanted:
      missing === undefined ? describeWanted(error) : `be set (${entry?.description ?? name})`,
  }
}

function unknownVariables(
  settings: Settings,
  source: Readonly<Record<string, string | undefined>>,
  prefix: string | undefined,
): ConfigProblem[] {
  if (prefix === undefined) return []
  const known = new Set(Object.values(settings).map(({ env }) => env))
  const list = [...known].join(', ')
  return Object.keys(source)
    .filter((name) => name.startsWith(prefix) && !known.has(name))
    .map((name) => ({ setting: name, current: '…', wanted: `be one of ${list}` }))
}

/**
 * Where a field lives in the log store: `label` selects streams and is bounded, `metadata` is
 * structured metadata (searchable, unbounded), `line` stays in the JSON line only.
 */
export type Placement = 'label' | 'metadata' | 'line'

export type LogFieldType = 'string' | 'integer' | 'number' | 'boolean' | 'timestamp' | 'object'

export interface LogField {
  readonly type: LogFieldType
  readonly placement: Placement
  readonly description: string
}

/** Every field of every log line. Timestamps are RFC 3339 in UTC; durations are in seconds. */
export const logFields = {
  time: { type: 'timestamp', placement: 'line', description: 'When it happened.' },
  level: {
    type: 'string',
    placement: 'metadata',
    description: 'trace, debug, info, warn, error or fatal.',
  },
  service: { type: 'string', placement: 'label', description: 'Process that wrote the line.' },
  env: { type: 'string', placement: 'label', description: 'Environment.' },
  team: { type: 'string', placement: 'label', description: 'Owning team.' },
  business: { type: 'string', placement: 'label', description: 'Line of business.' },
  domain: { type: 'string', placement: 'label', description: 'Domain the line is about.' },
  event: { type: 'string', placement: 'metadata', description: 'Name of the log event.' },
  msg: { type: 'string', placement: 'line', description: 'Text for people.' },
  request_id: { type: 'string', placement: 'metadata', description: 'Id of the request.' },
  task_id: { type: 'string', placement: 'metadata', description: 'Id of the API task.' },
  job_id: { type: 'string', placement: 'metadata', description: 'Id of the background job.' },
  job_name: { type: 'string', placement: 'metadata', description: 'Kind of background job.' },
  branch: { type: 'string', placement: 'metadata', description: 'How a request or job ended.' },
  reason: { type: 'string', placement: 'metadata', description: 'Why it ended so.' },
  attempt: { type: 'integer', placement: 'line', description: 'Which try this was, from 1.' },
  caller: { type: 'string', placement: 'metadata', description: 'Who called: token id or role.' },
  node: { type: 'string', placement: 'metadata', description: 'Edge node id.' },
  method: { type: 'string', placement: 'metadata', description: 'HTTP method.' },
  route: { type: 'string', placement: 'metadata', description: 'Route template.' },
  path: { type: 'string', placement: 'line', description: 'Path without query.' },
  status: { type: 'integer', placement: 'metadata', description: 'HTTP status code.' },
  protocol: { type: 'string', placement: 'line', description: 'HTTP version.' },
  tls: { type: 'string', placement: 'line', description: 'TLS version; absent without TLS.' },
  bytes_in: { type: 'integer', placement: 'line', description: 'Bytes received from the client.' },
  bytes_out: { type: 'integer', placement: 'line', description: 'Bytes sent to the client.' },
  body_bytes_out: { type: 'integer', placement: 'line', description: 'Body bytes sent.' },
  duration: { type: 'number', placement: 'line', description: 'Time taken, seconds.' },
  content_type: { type: 'string', placement: 'line', description: 'Media type of the response.' },
  cache: { type: 'string', placement: 'metadata', description: 'What the cache did.' },
  client: {
    type: 'string',
    placement: 'line',
    description: 'Keyed pseudonym of address and user agent; never the address.',
  },
  agent: { type: 'string', placement: 'line', description: 'browser, bot, tool or unknown.' },
  upstreams: {
    type: 'object',
    placement: 'line',
    description: 'One object per origin attempt: addr, status, connect, header, duration, bytes.',
  },
  origin_requests: { type: 'integer', placement: 'line', description: 'Origin attempts made.' },
  origin_bytes: { type: 'integer', placement: 'line', description: 'Bytes received from origins.' },
  resource: { type: 'string', placement: 'metadata', description: 'Changed object, type/id.' },
  action: { type: 'string', placement: 'metadata', description: 'What was done to it.' },
  lines: { type: 'integer', placement: 'line', description: 'A count of log lines.' },
  bytes: { type: 'integer', placement: 'line', description: 'A size.' },
  label: { type: 'string', placement: 'line', description: 'A label name.' },
  value: { type: 'string', placement: 'line', description: 'An offending value, shortened.' },
  port: { type: 'integer', placement: 'line', description: 'A TCP port.' },
  err: { type: 'object', placement: 'line', description: 'Error: type, message, code, stack.' },
} as const satisfies Record<string, LogField>

export type LogFieldName = keyof typeof logFields

interface TypeOf {
  readonly string: string
  readonly integer: number
  readonly number: number
  readonly boolean: boolean
  readonly timestamp: string
  readonly object: unknown
}

/** The TypeScript type of a field's value. */
export type LogFieldValue<Name extends LogFieldName> = TypeOf[(typeof logFields)[Name]['type']]

/** Names of the fields that are stream labels, in the order they are written. */
export const logLabelNames = ['service', 'env', 'team', 'business', 'domain'] as const

export type LogLabelName = (typeof logLabelNames)[number]

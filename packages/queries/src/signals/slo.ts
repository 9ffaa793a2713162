import { labels } from '@cirrus/catalog'
import { complement, share } from '../arithmetic.ts'
import { above } from '../filter.ts'
import { type Recording, recorded } from '../recorded.ts'
import { defineSignal } from '../signal.ts'

const { slo, burnWindow: window } = labels
/** Who the objective is about; objectives of a whole service have none of them. */
const subject = [labels.host, labels.env, labels.team, labels.business] as const

/** What the rules of every objective record. */
export const sloRecordings = {
  events: { name: 'slo:events:rate', labels: [slo, ...subject], unit: 'count/s' },
  errors: { name: 'slo:errors:rate', labels: [slo, ...subject], unit: 'count/s' },
  objective: { name: 'slo:objective:ratio', labels: [slo], unit: 'ratio' },
  burnRate: { name: 'slo:burn_rate:ratio', labels: [slo, window, ...subject], unit: 'ratio' },
  budgetRemaining: {
    name: 'slo:error_budget_remaining:ratio',
    labels: [slo, ...subject],
    unit: 'ratio',
  },
} as const satisfies Record<string, Recording>

const recording = sloRecordings

/** Promises to clients, and how much of what they allow is used up. */
export const sloSignals = {
  good: defineSignal({
    name: 'slo_good',
    title: 'Good events',
    description: 'Share of events that were good during the last minutes.',
    direction: 'neutral',
    expr: complement(share(recorded(recording.errors), above(recorded(recording.events), 0))),
    thresholds: {},
  }),
  objective: defineSignal({
    name: 'slo_objective',
    title: 'Objective',
    description: 'Share of events that must be good over the whole period.',
    direction: 'neutral',
    expr: recorded(recording.objective),
    thresholds: {},
  }),
  events: defineSignal({
    name: 'slo_events',
    title: 'Events',
    description: 'Events per second that count for an objective.',
    direction: 'neutral',
    expr: recorded(recording.events),
    thresholds: {},
  }),
  burnRate: defineSignal({
    name: 'slo_burn_rate',
    title: 'Burn rate',
    description: 'How many times faster than allowed the error budget is spent, by window.',
    direction: 'higher_is_worse',
    expr: recorded(recording.burnRate),
    thresholds: { page: 14.4, ticket: 3 },
  }),
  budgetRemaining: defineSignal({
    name: 'slo_error_budget_remaining',
    title: 'Error budget remaining',
    description: 'Share of the error budget of the period that is left; negative once it is spent.',
    direction: 'lower_is_worse',
    expr: recorded(recording.budgetRemaining),
    thresholds: { page: 0, ticket: 0.25 },
  }),
} as const

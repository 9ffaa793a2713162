import { evaluate } from './evaluate.ts'
import type { Expression } from './expression.ts'
import type { QueryKnowledge } from './knowledge.ts'
import { parseLogql } from './logql/parse-logql.ts'
import { type Outcome, type Scope, unknownOutcome } from './outcome.ts'
import { bareCounters } from './promql/bare-counters.ts'
import { parsePromql } from './promql/parse-promql.ts'
import type { QueryAnalysis, QueryProblem, SelectorUse } from './query-analysis.ts'
import { isTooComplex } from './variables.ts'

/** What a PromQL text selects, yields and gets wrong; Grafana variables may stand anywhere. */
export function analyzePromql(text: string, knowledge: QueryKnowledge = {}): QueryAnalysis {
  return { language: 'promql', ...analyze({ language: 'promql', text, knowledge }) }
}

/** What a LogQL text selects, yields and gets wrong; Grafana variables may stand anywhere. */
export function analyzeLogql(text: string, knowledge: QueryKnowledge = {}): QueryAnalysis {
  return { language: 'logql', ...analyze({ language: 'logql', text, knowledge }) }
}

interface Query {
  readonly language: Scope['language']
  readonly text: string
  readonly knowledge: QueryKnowledge
}

function analyze({ language, text, knowledge }: Query): Omit<QueryAnalysis, 'language'> {
  const problems: QueryProblem[] = []
  const selectors: SelectorUse[] = []
  const scope: Scope = {
    language,
    knowledge,
    inside: [],
    use: (selector) => selectors.push(selector),
    report: (code, { from, to }, message) => problems.push({ code, from, to, message }),
  }
  const { type, labels } = evaluateText(text, scope)
  return {
    type,
    labels,
    selectors,
    problems: problems.toSorted((one, other) => one.from - other.from),
  }
}

function evaluateText(text: string, scope: Scope): Outcome {
  if (isTooComplex(text)) return unknownOutcome
  const parsed = scope.language === 'promql' ? parsePromql(text) : parseLogql(text)
  if ('undecided' in parsed) return unknownOutcome
  if ('error' in parsed) {
    scope.report('syntax', parsed.error, syntaxMessage(text, parsed.error.from))
    return unknownOutcome
  }
  reportBareCounters(parsed.expression, scope)
  return evaluate(parsed.expression, scope)
}

function syntaxMessage(text: string, position: number): string {
  const rest = text.slice(position).trim().split(/\s+/)[0] ?? ''
  return rest === '' ? 'The text ends too early' : `Cannot read on from "${rest.slice(0, 20)}"`
}

function reportBareCounters(expression: Expression, scope: Scope): void {
  for (const series of bareCounters(expression, scope.knowledge)) {
    const message = `${series.metric ?? 'The metric'} is a counter: its value only says how long a process runs; use rate or increase`
    scope.report('bare_counter', series, message)
  }
}

import type { SourceFile } from '../source/source-file.ts'
import {
  type QueryAnalysis,
  type QueryKnowledge,
  analyzeLogql,
  analyzePromql,
} from '@cirrus/queries'
import { parseFile } from '../source/parse-file.ts'
import type { Located, Tree } from '../source/tree.ts'
import type { Dashboard, Panel, Target } from './dashboard.ts'
import type { Fault } from './fault.ts'
import { isLogql } from './is-logql.ts'
import { classicModelOf, readDashboard } from './read-dashboard.ts'
import { isManifest, readManifest } from './read-manifest.ts'
import { isRuleDocument, readRules } from './read-rules.ts'
import type { Language, Rule, RuleFile, RuleGroup } from './rule-file.ts'

/** Everything that was given, read. */
export interface Project {
  readonly ruleFiles: readonly RuleFile[]
  readonly dashboards: readonly Dashboard[]
  /** Rules with what they belong to. */
  readonly rules: readonly ProjectRule[]
  /** Every query of rules and panels. */
  readonly queries: readonly Query[]
  readonly faults: readonly Fault[]
  /** Paths of files that are neither rules nor dashboards. */
  readonly foreign: readonly string[]
}

export interface ProjectRule {
  readonly rule: Rule
  readonly group: RuleGroup
  readonly file: RuleFile
}

/** A query and who asks it. */
export interface Query {
  readonly language: Language
  readonly text: Located<string>
  readonly owner: QueryOwner
  readonly analysis: QueryAnalysis
}

export type QueryOwner =
  | ({ readonly kind: 'rule' } & ProjectRule)
  | {
      readonly kind: 'panel'
      readonly dashboard: Dashboard
      readonly panel: Panel
      readonly target: Target
    }

/** How the language of rule files is told; `undefined` looks at their queries. */
export interface ReadOptions {
  readonly rulesLanguage?: Language | undefined
  /** What queries may take for granted. */
  readonly knowledge?: QueryKnowledge | undefined
}

/** Reads files; what cannot be read becomes a fault, and what is something else is listed as foreign. */
export function readProject(files: readonly SourceFile[], options: ReadOptions = {}): Project {
  const read = files.map((file) => ({ path: file.path, ...readFile(file, options) }))
  const ruleFiles = read.flatMap((file) => file.ruleFiles)
  const dashboards = read.flatMap((file) => file.dashboards)
  const rules = ruleFiles.flatMap((file) =>
    file.groups.flatMap((group) => group.rules.map((rule) => ({ rule, group, file }))),
  )
  return {
    ruleFiles,
    dashboards,
    rules,
    queries: [...rules.map(ruleQuery), ...dashboards.flatMap(panelQueries)].map((query) => ({
      ...query,
      analysis: analyze(query, options.knowledge),
    })),
    faults: read.flatMap(({ faults }) => faults),
    foreign: read.flatMap(({ path, ruleFiles: mine, dashboards: shown, faults }) =>
      mine.length + shown.length + faults.length === 0 ? [path] : [],
    ),
  }
}

type ReadFile = Pick<Project, 'ruleFiles' | 'dashboards' | 'faults'>

function readFile(file: SourceFile, options: ReadOptions): ReadFile {
  const { documents, problems } = parseFile(file)
  if (problems.length > 0)
    return { ruleFiles: [], dashboards: [], faults: syntaxFault(file, problems) }
  const ruleTrees = documents.filter(isRuleDocument)
  const { groups, faults } = readAllRules(ruleTrees)
  const language = options.rulesLanguage ?? (isLogql(file.path, groups) ? 'logql' : 'promql')
  return {
    ruleFiles: ruleTrees.length === 0 ? [] : [{ path: file.path, language, groups }],
    dashboards: documents.flatMap((document) => toDashboard(file.path, document) ?? []),
    faults,
  }
}

function readAllRules(documents: readonly Tree[]): ReturnType<typeof readRules> {
  const read = documents.map(readRules)
  return {
    groups: read.flatMap(({ groups }) => groups),
    faults: read.flatMap(({ faults }) => faults),
  }
}

function toDashboard(path: string, document: Tree): Dashboard | undefined {
  if (isManifest(document)) return readManifest(path, document)
  const model = classicModelOf(document)
  return model && readDashboard(path, document, model)
}

/** One fault however much is wrong; none where the file was not meant for us. */
function syntaxFault(
  { text }: SourceFile,
  [first]: ReturnType<typeof parseFile>['problems'],
): readonly Fault[] {
  const isMeant = /^\s*-?\s*(groups:|alert:|record:)|"panels"|"elements"|PrometheusRule/m.test(text)
  // What Helm is to fill in is no YAML yet.
  const isTemplate = /^\s*\{\{/m.test(text)
  if (!first || !isMeant || isTemplate) return []
  return [{ place: first.place, what: first.message, mend: 'Make it valid YAML or JSON.' }]
}

type BareQuery = Omit<Query, 'analysis'>

function analyze(
  { language, text }: BareQuery,
  knowledge: QueryKnowledge | undefined,
): QueryAnalysis {
  return language === 'promql'
    ? analyzePromql(text.value, knowledge)
    : analyzeLogql(text.value, knowledge)
}

function ruleQuery(owned: ProjectRule): BareQuery {
  return { language: owned.file.language, text: owned.rule.expr, owner: { kind: 'rule', ...owned } }
}

function panelQueries(dashboard: Dashboard): readonly BareQuery[] {
  return dashboard.panels.flatMap((panel) =>
    panel.targets.flatMap((target): readonly BareQuery[] => {
      const language = (target.datasource ?? panel.datasource)?.language
      if (!language || !target.expr?.value.trim()) return []
      const owner = { kind: 'panel', dashboard, panel, target } as const
      return [{ language, text: target.expr, owner }]
    }),
  )
}

import { JsonError, parseJson } from './parse-json.ts'
import { type ParsedYaml, parseYaml } from './parse-yaml.ts'
import { type SourceFile, createPlaces } from './source-file.ts'

/** Parses a file as JSON where it looks like JSON, else as YAML. */
export function parseFile(source: SourceFile): ParsedYaml {
  return /^[\s\u{feff}]*[[{]/u.test(source.text) && !/\.ya?ml$/i.test(source.path)
    ? parseJsonFile(source)
    : parseYaml(source)
}

function parseJsonFile(source: SourceFile): ParsedYaml {
  try {
    return { documents: [parseJson(source)], problems: [] }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const place = createPlaces(source)(error.offset)
    return { documents: [], problems: [{ message: error.message, place }] }
  }
}

// Finds records in content/ that do not fit their schema, and describes each fault in words.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { addedPagesSchema } from '#content/added-pages-schema.ts'
import { cardSchema, countrySchema } from '#content/country-schema.ts'
import { foundationSchema } from '#content/foundation-schema.ts'
import { offerCheckSchema } from '#content/offer-check.ts'
import { organisationSchema } from '#content/organisation.ts'
import { contactSchema, factSchema, linkSchema, networkSchema } from '#content/schema.ts'
import { storySchema } from '#content/story-schema.ts'
import { fault, lineOfKey, lineOfNth, type ContentFault } from '#scripts/content/fault'
import { readContentJson, recordsOf, type JsonFile } from '#scripts/content/json-file'

/** The files that contain lists, each with the schema of one record. */
const LISTS: readonly (readonly [string, z.ZodType])[] = [
  ['contacts.json', contactSchema],
  ['links.json', linkSchema],
  ['network.json', networkSchema],
  ['facts.json', factSchema],
  ['countries.json', countrySchema],
  ['cards.json', cardSchema],
]
const WHOLE: readonly (readonly [string, z.ZodType])[] = [
  ['added-pages.json', addedPagesSchema],
  ['foundation.json', foundationSchema],
  ['offer-check.json', offerCheckSchema],
  ['organisation.json', organisationSchema],
]

interface Named {
  id?: unknown
  country?: unknown
  status?: unknown
  source?: unknown
  sources?: unknown
}

const nameOf = ({ id, country }: Named): string => {
  const name = id ?? country
  return typeof name === 'string' ? name : ''
}

type Issue = z.core.$ZodIssue

/** Chooses the sentence for a schema issue. */
function kindOf(issue: Issue): { kind: string; values: ContentFault['values'] } {
  const field = issue.path.join('.')
  switch (issue.code) {
    case 'unrecognized_keys':
      return { kind: 'record-unknown', values: { field: [...issue.path, issue.keys].join('.') } }
    case 'invalid_value':
      return { kind: 'record-choice', values: { field, list: issue.values.join(', ') } }
    case 'too_small':
      return { kind: 'record-empty', values: { field } }
    case 'custom':
      return { kind: 'record-says', values: { field, message: issue.message } }
    case 'invalid_type': {
      const isMissing = issue.message.includes('undefined')
      return { kind: isMissing ? 'record-empty' : 'record-form', values: { field } }
    }
    default:
      return { kind: 'record-form', values: { field } }
  }
}

/**
 * Returns true when a record names a source. A missing source is reported in a separate sentence.
 */
const hasSource = ({ source, sources }: Named): boolean =>
  [sources, source].some(
    (each) =>
      typeof each === 'object' && each !== null && Object.values(each).join('').trim() !== '',
  )

function listFaults({ path, text, value }: JsonFile, schema: z.ZodType): ContentFault[] {
  const records = recordsOf<Named>({ path, text, value })
  const names = records.map(nameOf)
  return records.flatMap((record, at) => {
    const id = nameOf(record) || `№ ${at + 1}`
    const say = (kind: string, field?: string, values: ContentFault['values'] = {}): ContentFault =>
      fault(path, lineOfNth(text, at, field), kind, { id, ...values })
    const own = [
      ...('status' in record && record.status !== 'GREEN' ? [say('record-green', 'status')] : []),
      ...(('sources' in record || 'source' in record) && !hasSource(record)
        ? [say('record-source', 'sources')]
        : []),
      ...(names.indexOf(id) < at ? [say('record-twice')] : []),
    ]
    const said = [
      'status',
      ...(own.some(({ kind }) => kind === 'record-source') ? ['sources'] : []),
    ]
    const issues = schema.safeParse(record).error?.issues ?? []
    const others = issues
      .filter(({ path: [first] }) => own.length === 0 || !said.includes(String(first)))
      .map((issue) => {
        const { kind, values } = kindOf(issue)
        return say(kind, String(issue.path[0] ?? values['field']), values)
      })
    return [...own, ...others]
  })
}

function wholeFaults({ path, text, value }: JsonFile, schema: z.ZodType): ContentFault[] {
  return (schema.safeParse(value).error?.issues ?? []).map((issue) => {
    const { kind, values } = kindOf(issue)
    const [first, second] = issue.path
    const line = lineOfKey(text, String(second ?? first)) ?? lineOfKey(text, String(first))
    return fault(path, line, kind, { id: path.replace(/^.*\//, ''), ...values })
  })
}

export function recordFaults(folder: string): ContentFault[] {
  const stories = join(folder, 'content/stories')
  const names = existsSync(stories) ? readdirSync(stories).sort() : []
  return [
    ...LISTS.flatMap(([path, schema]) => listFaults(readContentJson(folder, path), schema)),
    ...WHOLE.flatMap(([path, schema]) => wholeFaults(readContentJson(folder, path), schema)),
    ...names
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => {
        const file = readContentJson(folder, `stories/${name}`)
        const { id } = file.value as { id?: unknown }
        return [
          ...wholeFaults(file, storySchema),
          ...(`${String(id)}.json` === name
            ? []
            : [fault(file.path, 1, 'story-name', { id: name })]),
        ]
      }),
  ]
}

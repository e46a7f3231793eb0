// Finds faults in the records of content/, and records that have become stale.
import { organisationFaults } from '#content/organisation.ts'
import { offerCheckSchema } from '#content/offer-check.ts'
import { contactSchema, factSchema, linkSchema, networkSchema, type Fact } from '#content/schema.ts'
import { isStale } from '#content/stale.ts'
import { readJson } from '#scripts/content/read-file'

interface Record {
  id: string
  status?: string
  source?: Fact['source']
  sources?: string[]
  lastChecked?: string
  launchTest?: string
  hours?: object | null
  languages?: object | null
  logged?: object | null
}
interface Schema {
  safeParse: (value: unknown) => {
    error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined
  }
}

/**
 * Returns the first fault of a record, with the path of the field. Returns null for a record that
 * fits.
 */
function faultOf(schema: Schema, record: unknown): string | null {
  const issue = schema.safeParse(record).error?.issues[0]
  return issue ? `${issue.path.join('.')}: ${issue.message}` : null
}

export interface Records {
  /** records that would stop the build: without a source, not GREEN, or with a wrong shape */
  unsourced: string[]
  notGreen: string[]
  malformed: string[]
  stale: string[]
  /** numbers that a person must call once, and addresses that a person must open once */
  tested: { file: string; id: string; passed: boolean; unknown: string[] }[]
  /** lists with weights that no specialist has approved yet */
  weights: boolean
  factIds: string[]
}

const hasSource = ({ source, sources = Object.values(source ?? {}) }: Record): boolean =>
  sources.join('').trim() !== ''

/** Questions that a person can ask during the test call, because no source answers them. */
const ASKED = [
  ['hours', 'at which hours somebody answers'],
  ['languages', 'in which languages'],
  ['logged', 'who is told of a call'],
] as const

const unknownOf = (record: Record): string[] =>
  ASKED.flatMap(([field, question]) => (record[field] === null ? [question] : []))

export function readRecords(folder: string, now: number): Records {
  const files: [string, Schema][] = [
    ['contacts.json', contactSchema],
    ['links.json', linkSchema],
    ['network.json', networkSchema],
    ['facts.json', factSchema],
  ]
  const offer = readJson(folder, 'offer-check.json') as Record & { weightsReviewed?: boolean }
  const records = [
    ...files.flatMap(([file, schema]) =>
      (readJson(folder, file) as Record[]).map((record) => ({
        file,
        name: `${file} ${record.id}`,
        record,
        fault: faultOf(schema, record),
      })),
    ),
    {
      file: 'offer-check.json',
      name: 'offer-check.json',
      record: offer,
      fault: faultOf(offerCheckSchema, offer),
    },
  ]
  const namesOf = (wanted: (record: Record) => boolean): string[] =>
    records.filter(({ record }) => wanted(record)).map(({ name }) => name)

  return {
    unsourced: namesOf((record) => !hasSource(record)),
    notGreen: namesOf(({ status }) => status !== 'GREEN'),
    malformed: [
      ...organisationFaults(readJson(folder, 'organisation.json')).map(
        (fault) => `organisation.json ${fault}`,
      ),
      ...records.flatMap(({ name, fault }) => (fault === null ? [] : `${name} ${fault}`)),
    ],
    stale: namesOf(({ lastChecked }) => lastChecked !== undefined && isStale(lastChecked, now)),
    tested: records
      .filter(({ record }) => record.launchTest !== undefined)
      .map(({ file, record }) => ({
        file,
        id: record.id,
        passed: record.launchTest === 'passed',
        unknown: unknownOf(record),
      })),
    weights: offer.weightsReviewed !== true,
    factIds: (readJson(folder, 'facts.json') as Record[]).map(({ id }) => id),
  }
}

// Finds records in content/ that have become stale, and records that a person has to test.
import { isStale } from '#content/stale.ts'
import { readJson } from '#scripts/content/read-file'

interface Record {
  id: string
  lastChecked?: string
  launchTest?: string
  hours?: object | null
  languages?: object | null
  logged?: object | null
}
export interface Records {
  stale: string[]
  /** numbers that a person must call once, and addresses that a person must open once */
  tested: { file: string; id: string; passed: boolean; unknown: string[] }[]
  /** lists with weights that no specialist has approved yet */
  weights: boolean
}

/** Questions that a person can ask during the test call, because no source answers them. */
const ASKED = [
  ['hours', 'at which hours somebody answers'],
  ['languages', 'in which languages'],
  ['logged', 'who is told of a call'],
] as const

const unknownOf = (record: Record): string[] =>
  ASKED.flatMap(([field, question]) => (record[field] === null ? [question] : []))

export function readRecords(folder: string, now: number): Records {
  const files = ['contacts.json', 'links.json', 'network.json', 'facts.json']
  const offer = readJson(folder, 'offer-check.json') as Record & { weightsReviewed?: boolean }
  const records = [
    ...files.flatMap((file) =>
      (readJson(folder, file) as Record[]).map((record) => ({
        file,
        name: `${file} ${record.id}`,
        record,
      })),
    ),
    { file: 'offer-check.json', name: 'offer-check.json', record: offer },
  ]

  return {
    stale: records
      .filter(
        ({ record: { lastChecked } }) => lastChecked !== undefined && isStale(lastChecked, now),
      )
      .map(({ name }) => name),
    tested: records
      .filter(({ record }) => record.launchTest !== undefined)
      .map(({ file, record }) => ({
        file,
        id: record.id,
        passed: record.launchTest === 'passed',
        unknown: unknownOf(record),
      })),
    weights: offer.weightsReviewed !== true,
  }
}

// What is wrong with the records of content/, and what only time makes wrong.
import { offerCheckSchema } from '#content/offer-check.ts'
import { contactSchema, factSchema, networkSchema } from '#content/schema.ts'
import { isStale } from '#content/stale.ts'
import { readJson } from '#scripts/content/texts'

type Record = {
  id: string
  status?: string
  source?: string
  sources?: string[]
  lastChecked?: string
  launchTest?: string
}
type Schema = { safeParse: (value: unknown) => { success: boolean } }

export type Records = {
  /** would stop the build: without a source, not GREEN, or not of the form */
  unsourced: string[]
  notGreen: string[]
  malformed: string[]
  stale: string[]
  notCalled: string[]
  /** lists whose weights a specialist has not agreed to */
  weights: boolean
  factIds: string[]
}

const hasSource = ({ source, sources }: Record): boolean =>
  (source ?? sources?.join('') ?? '').trim() !== ''

export function readRecords(folder: string, now: number): Records {
  const files: [string, Schema][] = [
    ['contacts.json', contactSchema],
    ['network.json', networkSchema],
    ['facts.json', factSchema],
  ]
  const offer = readJson(folder, 'offer-check.json') as Record & { weightsReviewed?: boolean }
  const records = [
    ...files.flatMap(([file, schema]) =>
      (readJson(folder, file) as Record[]).map((record) => ({
        name: `${file} ${record.id}`,
        record,
        fits: schema.safeParse(record).success,
      })),
    ),
    { name: 'offer-check.json', record: offer, fits: offerCheckSchema.safeParse(offer).success },
  ]
  const namesOf = (wanted: (record: Record) => boolean): string[] =>
    records.filter(({ record }) => wanted(record)).map(({ name }) => name)

  return {
    unsourced: namesOf((record) => !hasSource(record)),
    notGreen: namesOf(({ status }) => status !== 'GREEN'),
    malformed: records.filter(({ fits }) => !fits).map(({ name }) => name),
    stale: namesOf(({ lastChecked }) => lastChecked !== undefined && isStale(lastChecked, now)),
    notCalled: namesOf(({ launchTest }) => launchTest === 'pending'),
    weights: offer.weightsReviewed !== true,
    factIds: (readJson(folder, 'facts.json') as Record[]).map(({ id }) => id),
  }
}

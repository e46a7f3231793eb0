// Finds faults in the recordings in content/audio/, and lists the sentences to be recorded.
// The sentences come from the strings, so that the list never differs from the pages.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages, type WholeLanguage } from '#content/languages.ts'
import { clipFault, recordingsSchema, type RecordedText } from '#content/recordings.ts'
import { readJson } from '#scripts/content/read-file'
import { filesUnder } from '#scripts/shared/paths'
import { clipBound } from '#site/components/text/clips.ts'
import { pageEntryOf } from '#site/pages.ts'

type Strings = Readonly<Record<string, string>>

/** The speed at which a calm person reads aloud, in letters per second. */
const LETTERS_A_SECOND = 13
/** The minimum number of bytes for one second of speech in Opus: 6 kbit/s. */
const BYTES_A_SECOND = 750

const stringsOf = (folder: string, lang: WholeLanguage): Strings =>
  Object.assign(
    {},
    ...readdirSync(join(folder, 'content/strings', lang)).map((file) =>
      readJson(folder, `strings/${lang}/${file}`),
    ),
  ) as Strings

/** Returns the faults of the records and files, each with the path of its file. */
export function recordingFaults(folder: string): string[] {
  const read = recordingsSchema.safeParse(readJson(folder, 'recordings.json'))
  if (!read.success)
    return read.error.issues.map(
      ({ path, message }) => `recordings.json ${path.join('.')}: ${message}`,
    )
  const records = read.data
  const named = records.flatMap(({ clips }) => Object.values(clips))
  const audio = join(folder, 'content/audio')
  const files = existsSync(audio) ? filesUnder(audio).map((path) => `/audio/${path}`) : []
  return [
    ...sentenceFaults(folder, records),
    ...records.flatMap((record) => clipFaults(folder, record)),
    ...files
      .filter((file) => !named.includes(file))
      .map((file) => `content${file}: no record of recordings.json has it among its clips`),
  ]
}

function sentenceFaults(folder: string, records: readonly RecordedText[]): string[] {
  const strings = languages.map((lang) => ({ lang, keys: stringsOf(folder, lang) }))
  return records.flatMap(({ id, page, text }) => [
    ...(pageEntryOf(page) === null ? [`recordings.json ${id}: there is no page ${page}`] : []),
    ...strings
      .filter(({ keys }) => text !== null && !(text in keys))
      .map(({ lang }) => `recordings.json ${id}: ${lang} has no text ${text ?? ''}`),
  ])
}

function clipFaults(folder: string, record: RecordedText): string[] {
  return Object.values(record.clips).flatMap((address) => {
    const path = join(folder, 'content', address)
    if (!existsSync(path)) return [`content${address}: the file is missing`]
    const fault = clipFault(readFileSync(path), clipBound(record))
    return fault === null ? [] : [`content${address} ${fault}`]
  })
}

/** Returns the sentences to be recorded in each language, with their length. */
export function recordingLines(folder: string): string[] {
  const records = recordingsSchema.parse(readJson(folder, 'recordings.json'))
  return languages.flatMap((lang) => {
    const strings = stringsOf(folder, lang)
    const sentences = records.flatMap((record) => sentenceOf(record, lang, strings))
    const sum = (field: 'words' | 'seconds'): number =>
      sentences.reduce((total, sentence) => total + sentence[field], 0)
    const left = sentences.filter(({ isRecorded }) => !isRecorded).length
    return [
      `${lang}: ${sentences.length} sentences, ${sum('words')} words, about ` +
        `${Math.ceil(sum('seconds') / 60)} minutes; ${left} not recorded yet`,
      ...sentences.map(({ line }) => `    ${line}`),
    ]
  })
}

interface Sentence {
  words: number
  seconds: number
  isRecorded: boolean
  line: string
}

function sentenceOf(record: RecordedText, lang: WholeLanguage, strings: Strings): Sentence[] {
  const text = record.text === null ? undefined : strings[record.text]
  if (text === undefined) return []
  const words = text.split(/\s+/).length
  const seconds = Math.ceil(text.length / LETTERS_A_SECOND)
  const isRecorded = record.clips[lang] !== undefined
  const room = Math.floor(clipBound(record) / BYTES_A_SECOND)
  const length = `${words} words, ${seconds} s${seconds > room ? ` (! at most ${room} s)` : ''}`
  const state = isRecorded ? 'recorded' : `content/audio/${lang}/${record.id}.opus`
  return [{ words, seconds, isRecorded, line: `${length} · ${state} · ${text}` }]
}

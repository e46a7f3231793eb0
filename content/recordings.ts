// Lists the recordings: sentences from the pages, and cards, that a person has read out. The file
// of a recording is content/audio/<lang>/<id>.opus. The page fetches it only when a reader plays
// it.
import { z } from 'zod'
import recordingRecords from './recordings.json' with { type: 'json' }

const words = z.string().trim().min(1)
/** Reads a missing field as null, because the browser editor omits empty fields. */
const key = words.nullable().default(null)
const code = z.string().regex(/^[a-z]{2}$/)

export const recordingSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  /** The address of the page, without the language code; empty for the home page. */
  page: z.string().default(''),
  /** The sentence key in strings/<lang>/. The page shows the words beside the recording. */
  text: key,
  /** The id of the card in cards.json whose sentences are recorded. */
  card: key,
  /** The address of the audio file for each language that has a recording. */
  clips: z.record(code, z.string()).default({}),
})

export type RecordedText = z.infer<typeof recordingSchema>

export const recordingsSchema = z
  .array(
    recordingSchema
      .refine(({ text, card }) => (text === null) !== (card === null), 'say either text or card')
      .refine(
        ({ id, clips }) =>
          Object.entries(clips).every(([lang, clip]) => clip === clipAddress(lang, id)),
        'the file of a clip is /audio/<lang>/<id>.opus',
      ),
  )
  .refine(
    (records) => new Set(records.map(({ id }) => id)).size === records.length,
    'an id stands twice',
  )

/** Returns the address of a clip, which is also its path in content/. */
export const clipAddress = (lang: string, id: string): string => `/audio/${lang}/${id}.opus`

export const recordings: readonly RecordedText[] = recordingsSchema.parse(recordingRecords)

/**
 * True when at least one clip has been recorded. The pages' content security policy then allows
 * recordings from this site.
 */
export const hasClips = recordings.some(({ clips }) => Object.keys(clips).length > 0)

/** Returns the recorded sentences of a page in one language. */
export const clipsOf = (page: string, lang: string): { text: string; address: string }[] =>
  recordings.flatMap(({ page: own, text, clips: { [lang]: address } }) =>
    own === page && text !== null && address !== undefined ? [{ text, address }] : [],
  )

/** Returns the address of a card's recording, or null. */
export const clipOfCard = (card: string): string | null =>
  recordings.find((each) => each.card === card)?.clips[card] ?? null

/**
 * Returns the fault in the bytes of a clip, or null.
 *
 * @param bound  the maximum size of the clip, in bytes
 */
export function clipFault(bytes: Uint8Array, bound: number): string | null {
  const begins = (at: number, name: string): boolean =>
    [...name].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))
  // The first Ogg page has 27 bytes and a one-segment table before the Opus header.
  if (!begins(0, 'OggS') || !begins(28, 'OpusHead')) return 'is no Ogg file with Opus inside'
  if (bytes.length <= bound) return null
  return `has ${bytes.length} bytes; a clip with these words has at most ${bound}`
}

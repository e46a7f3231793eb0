// Seals and opens entries of a case, such as notes. The additional data names case and author, so
// that nobody can move an entry.
import * as z from 'zod/mini'
import { fromB64, toB64, utf8 } from '#protocol/bytes'
import { padText, unpadText } from '#protocol/crypto/padding'
import { Refusal } from '#protocol/errors'
import { LENGTH_BYTES } from '#protocol/limits'
import { ENTRY_SIZES } from '#protocol/staff/case-changes'
import { openWithKey, sealWithKey } from './aead-key.ts'
import { type OpenCaseKey } from './case-key.ts'

const Note = z.object({
  v: z.literal(1),
  kind: z.literal('note'),
  /** UTC minute */
  at: z.string(),
  text: z.string(),
})
export type Note = z.infer<typeof Note>

const LARGEST = Math.max(...ENTRY_SIZES)

/** Returns the bytes that are left in a note; negative when the note is too long. */
export const noteBytesLeft = (note: Note): number => LARGEST - LENGTH_BYTES - bytesOf(note)

const bytesOf = (note: Note): number => utf8(JSON.stringify(note)).length

const labelOf = ({ caseId }: OpenCaseKey, author: string): string =>
  `oasis/v1/case-entry ${caseId} ${author}`

/**
 * @param author  id of the person who signs the row
 * @throws Refusal `text_too_long` when the JSON does not fit into the largest size
 */
export async function sealEntry(key: OpenCaseKey, author: string, note: Note): Promise<string> {
  const needed = bytesOf(note) + LENGTH_BYTES
  const size = ENTRY_SIZES.find((each) => each >= needed) ?? LARGEST
  const padded = padText(JSON.stringify(note), size)
  return toB64(await sealWithKey(key.entries, labelOf(key, author), padded))
}

/** @throws Refusal `cannot_open`, also for an entry of a kind that this version does not know */
export async function openEntry(key: OpenCaseKey, author: string, sealed: string): Promise<Note> {
  try {
    const padded = await openWithKey(key.entries, labelOf(key, author), fromB64(sealed))
    return Note.parse(JSON.parse(unpadText(padded)))
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

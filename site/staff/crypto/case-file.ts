// Seals and opens the case file: the notes of staff about a report, as one JSON document. The key
// of a case file comes from the report's content key. This version keeps fields that it does not
// know, so that an older app destroys nothing.
import * as z from 'zod/mini'
import { fromB64, fromUtf8, toB64, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { deriveBytes } from '#protocol/crypto/hkdf'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { MAX_CASE_BYTES } from '#protocol/staff/cases'
import { openUnderKey } from './aead-open.ts'

const LABEL = 'oasis/v1/case'
/** Spaces pad the content to a multiple of this size, so that the sealed length reveals little. */
const LEAST_BYTES = 2048

const Note = z.looseObject({
  id: z.string(),
  /** name of the person who wrote it */
  author: z.string(),
  /** ISO 8601, UTC */
  at: z.string(),
  text: z.string(),
})
export type Note = z.infer<typeof Note>

const CaseFile = z.looseObject({ v: z.literal(1), notes: z.array(Note) })
export type CaseFile = z.infer<typeof CaseFile>

export const emptyCaseFile = (): CaseFile => ({ v: 1, notes: [] })

export const withNote = (file: CaseFile, note: Note): CaseFile => ({
  ...file,
  notes: [...file.notes, note],
})

/** Returns the bytes left after a note with this text; negative when the note does not fit. */
export const noteBytesLeft = (file: CaseFile, note: Note): number =>
  MAX_CASE_BYTES - bytesOf(withNote(file, note))

const bytesOf = (file: CaseFile): number => utf8(JSON.stringify(file)).length

/**
 * @param reportId  base64url; binds the file to its report
 * @throws Refusal `text_too_long` when it holds more than MAX_CASE_BYTES
 */
export async function sealCaseFile(cek: Bytes, reportId: string, file: CaseFile): Promise<string> {
  const json = JSON.stringify(file)
  const bytes = utf8(json).length
  let padded = LEAST_BYTES
  while (padded < bytes) padded *= 2
  if (padded > MAX_CASE_BYTES) throw new Refusal('text_too_long')
  return toB64(
    await sealUnderKey(
      await deriveBytes(cek, LABEL, 32),
      LABEL + reportId,
      utf8(json + ' '.repeat(padded - bytes)),
    ),
  )
}

/** @throws Refusal `cannot_open` */
export async function openCaseFile(
  cek: Bytes,
  reportId: string,
  sealed: string,
): Promise<CaseFile> {
  try {
    const key = await deriveBytes(cek, LABEL, 32)
    return CaseFile.parse(
      JSON.parse(fromUtf8(await openUnderKey(key, LABEL + reportId, fromB64(sealed)))),
    )
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

// The case file: what staff write about a report among themselves, one JSON document sealed under a key that comes from the
// report's content key. Fields that this version does not know are kept, so that an older app destroys nothing.
import * as z from 'zod/mini'
import { fromB64, fromUtf8, toB64, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { deriveBytes } from '#protocol/hkdf'
import { sealUnderKey } from '#protocol/seal-under-key'
import { openUnderKey } from './open-under-key.ts'

const LABEL = 'oasis/v1/case'
/** Filled with spaces up to a multiple of this, so that the sealed length tells little of how much was written. */
const STEP_BYTES = 2048

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

/** @param reportId  base64url; binds the file to its report */
export async function sealCaseFile(cek: Bytes, reportId: string, file: CaseFile): Promise<string> {
  const json = JSON.stringify(file)
  const bytes = utf8(json).length
  const padded = json + ' '.repeat(Math.ceil(bytes / STEP_BYTES) * STEP_BYTES - bytes)
  return toB64(
    await sealUnderKey(await deriveBytes(cek, LABEL, 32), LABEL + reportId, utf8(padded)),
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

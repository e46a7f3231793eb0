// Reads the list of files in a report or a reply. Another person's device wrote that list. An entry
// that cannot be a file is shown as a file that does not open. Such an entry keeps its position,
// because the position is part of every id.
import * as z from 'zod/mini'
import { fromB64, toB64 } from '#protocol/bytes'
import { CHUNK_SIZES, MAX_FILE_BYTES, MAX_FILES } from '#protocol/limits'
import { MADE, type SealedFile } from '#protocol/report/plain-report'
import { fileId } from '#protocol/file/seal-chunk'

/** base64url of 32 bytes */
const B64_32 = z.string().check(z.regex(/^[\w-]{43}$/))
/** Maximum length of a name or type that the app keeps, in characters. */
const SHOWN_CHARS = 200

const File = z.object({
  key: B64_32,
  size: z.int().check(z.gte(0), z.lte(MAX_FILE_BYTES)),
  hash: B64_32,
  type: z.catch(z.string(), ''),
  name: z.catch(z.optional(z.string()), undefined),
  chunk: z.literal(CHUNK_SIZES),
  // A file of unknown origin is treated as unprocessed, because it may contain metadata.
  made: z.catch(z.enum(MADE), 'as_is'),
})

export interface ListedFile {
  /** file id, base64url */
  id: string
  /** null when the entry cannot be a file */
  file: SealedFile | null
}

/** @param owner  id of the report that lists the files, base64url */
export const filesOf = (owner: string, listed: unknown): ListedFile[] =>
  readFiles(listed).map((file, place) => ({ id: toB64(fileId(fromB64(owner), place)), file }))

/** Returns the files in list order; null for an entry that cannot be a file. */
export function readFiles(listed: unknown): (SealedFile | null)[] {
  if (!Array.isArray(listed)) return []
  return listed.slice(0, MAX_FILES).map((each: unknown) => {
    const read = File.safeParse(each)
    if (!read.success) return null
    const { name, type, ...file } = read.data
    const shown = { ...file, type: type.slice(0, SHOWN_CHARS) }
    return name === undefined ? shown : { ...shown, name: name.slice(0, SHOWN_CHARS) }
  })
}

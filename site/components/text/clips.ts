// Defines the maximum size of a recording, and checks its bytes for the build.
import { clipAddress, clipFault, recordings, type RecordedText } from '#content/recordings.ts'
import { pageEntryOf } from '../../pages.ts'

/** A lifeline page's clip must arrive before a network can freeze the connection. */
const LIFELINE_BYTES = 9_300
const OTHER_BYTES = 102_400

/** The prefixes of the lifeline pages' keys. */
const LIFELINE_KEYS = /^(tell|answer|help|send|done)\./

/** Returns the maximum size of a clip in bytes: a small size for the words of a lifeline page. */
export const clipBound = ({ page, text }: RecordedText): number =>
  pageEntryOf(page)?.lifeline === undefined && !LIFELINE_KEYS.test(text ?? '')
    ? OTHER_BYTES
    : LIFELINE_BYTES

/** Returns the bytes of a clip. @throws when the file is missing, too large or not a recording */
export function checkedClip<Bytes extends Uint8Array>(
  lang: string,
  id: string,
  bytes: Bytes | undefined,
): Bytes {
  const path = `content${clipAddress(lang, id)}`
  const record = recordings.find((each) => each.id === id)
  if (record === undefined) throw new Error(`${path}: recordings.json has no ${id}`)
  if (bytes === undefined) throw new Error(`${path}: the file is missing`)
  const fault = clipFault(bytes, clipBound(record))
  if (fault !== null) throw new Error(`${path} ${fault}`)
  return bytes
}

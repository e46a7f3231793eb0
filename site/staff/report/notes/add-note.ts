import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type EntryAdd } from '#protocol/staff/case-changes'
import { minuteOf } from '#protocol/time'
import { sendSigned } from '../../api/send-signed.ts'
import { postEntry } from '../../api/case-api.ts'
import { withCaseKey, type CaseWriter } from '../../case/case-key-in-use.ts'
import { entryBytesLeft, sealEntry, type Note } from '../../crypto/case-entry.ts'
import { type LoadedReport } from '../load-report.ts'
import { entryKey } from './read-entries.ts'

/** Makes a note of this minute. */
export const noteOf = (text: string): Note => ({
  v: 1,
  kind: 'note',
  at: minuteOf(Date.now()),
  text,
})

/**
 * Adds a note to the case. A colleague who adds one at the same time keeps theirs.
 *
 * @returns the key of the note in the view
 * @throws Refusal `text_too_long` before anything is sent; else as withCaseKey does
 */
export async function addNote(by: CaseWriter, loaded: LoadedReport, note: Note): Promise<string> {
  if (entryBytesLeft(note) < 0) throw new Refusal('text_too_long')
  const { keys } = by
  const subject = loaded.item.id
  let added = ''
  await withCaseKey(by, loaded.sealed, async (key) => {
    const sealed = await sealEntry(key, keys.personId, note)
    const entryHash = toB64(await sha256(fromB64(sealed)))
    const change: EntryAdd = { keyNo: key.keyNo, entryHash }
    await sendSigned(keys, { action: 'entry.add', subject, change }, (signed) =>
      postEntry(subject, { signed, sealed }),
    )
    added = entryKey(sealed)
  })
  return added
}

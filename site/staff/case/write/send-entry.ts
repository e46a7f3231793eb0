// Seals an entry under the current key of a case, and sends it with its row.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { EntryAdd } from '#protocol/staff/case-log/changes'
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { SignedChange } from '#protocol/staff/chain'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { entryBytesLeft, sealEntry, type Entry } from '../../crypto/case-entry.ts'
import type { OpenCaseKey } from '../../crypto/open-case-key.ts'
import type { CaseLogChange } from '../../crypto/sign-change.ts'
import type { CaseWriter } from '../../session/case-writer.ts'
import { entryKey } from '../read/read-entries.ts'
import { findFormerTry } from '../read/unanswered.ts'
import { withCaseKey } from './case-key-in-use.ts'
import { sendFollowing } from './follow-log.ts'
import { sendCaseSigned } from './send-case-signed.ts'

/** The part of a row that comes from a sealed entry. */
export type MadeEntry = Pick<EntryAdd, 'keyNo' | 'entryHash'>

/** Makes a row that does not depend on anything else in the case. */
type MakeRow = (made: MadeEntry) => CaseLogChange | Promise<CaseLogChange>
/** Makes a row that depends on the current state of the case. */
type MakeRowFor = (
  made: MadeEntry,
  now: StoredCase,
  log: CaseLog,
) => CaseLogChange | Promise<CaseLogChange>

/** The row for a sealed entry, which can be made in either of two ways. */
type EntryRow = {
  send: (body: { signed: SignedChange; sealed: string }) => Promise<unknown>
  /** adds the parts of the entry that depend on the key that seals it */
  complete?: (key: OpenCaseKey) => Promise<Entry>
} & ({ row: MakeRow; rowFor?: never } | { rowFor: MakeRowFor; row?: never })

/**
 * Seals an entry and sends its row. An entry that is sent again after a lost response is stored
 * only once.
 *
 * @returns the key that identifies the entry in the view
 * @throws Refusal `text_too_long` before anything is sent. Otherwise the codes of withCaseKey.
 */
export async function sendEntry(
  by: CaseWriter,
  stored: StoredCase,
  entry: Entry,
  { row, rowFor, send, complete }: EntryRow,
): Promise<string> {
  if (entryBytesLeft(entry) < 0) throw new Refusal('text_too_long')
  const subject = stored.item.id
  const former = await findFormerTry(by.keys, subject, entry)
  if (former.stored !== null) return entryKey(former.stored)
  let sealed = ''
  try {
    await withCaseKey(by, stored, async (key) => {
      sealed = await sealEntry(key, by.keys.personId, complete ? await complete(key) : entry)
      const entryHash = toB64(await sha256(fromB64(sealed)))
      const made = { keyNo: key.keyNo, entryHash }
      const post = (signed: SignedChange) => send({ signed, sealed })
      if (rowFor) await sendFollowing(by, subject, rowFor.bind(null, made), post)
      else await sendCaseSigned(by, await row(made), post)
    })
  } catch (thrown) {
    former.keep(sealed, thrown)
    throw thrown
  }
  former.forget()
  return entryKey(sealed)
}

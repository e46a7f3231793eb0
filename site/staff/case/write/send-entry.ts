// Seals an entry under the key of the case, and signs the row that names it. A colleague who adds
// an entry at the same time keeps theirs. An entry whose answer got lost is stored only once.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type EntryAdd } from '#protocol/staff/case-changes'
import type { StoredCase } from '#protocol/staff/stored-case'
import { postEntry } from '../../api/case-api.ts'
import { entryBytesLeft, sealEntry, type Entry } from '../../crypto/case-entry.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { entryKey } from '../read/read-entries.ts'
import { sendUnlessStored } from '../read/unanswered.ts'
import { withCaseKey } from './case-key-in-use.ts'
import { sendCaseSigned } from './send-case-signed.ts'

/** A sealed entry and the number of the key that seals it. */
export interface SealedNew {
  keyNo: number
  entryHash: string
  /** base64url */
  sealed: string
}

/**
 * Seals an entry with the key in use and runs `send`.
 *
 * @returns the key of the entry in the view
 * @throws Refusal `text_too_long` before anything is sent; otherwise the codes of withCaseKey
 */
export async function withSealedEntry(
  by: CaseWriter,
  stored: StoredCase,
  entry: Entry,
  send: (made: SealedNew) => Promise<void>,
): Promise<string> {
  if (entryBytesLeft(entry) < 0) throw new Refusal('text_too_long')
  const added = await sendUnlessStored(by.keys, stored.item.id, entry, (keep) =>
    withCaseKey(by, stored, async (key) => {
      const sealed = await sealEntry(key, by.keys.personId, entry)
      const entryHash = toB64(await sha256(fromB64(sealed)))
      keep(sealed)
      await send({ keyNo: key.keyNo, entryHash, sealed })
    }),
  )
  return entryKey(added)
}

/** Adds an entry that changes nothing else. Returns and throws what withSealedEntry does. */
export const sendEntry = (by: CaseWriter, stored: StoredCase, entry: Entry): Promise<string> =>
  withSealedEntry(by, stored, entry, ({ sealed, ...change }) => {
    const subject = stored.item.id
    const added: EntryAdd = change
    return sendCaseSigned(by, { action: 'entry.add', subject, change: added }, (signed) =>
      postEntry(subject, { signed, sealed }),
    )
  })

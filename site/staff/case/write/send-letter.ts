import { fromB64, toB64 } from '#protocol/bytes'
import { type LetterEnter } from '#protocol/staff/case-log/changes'
import { NO_ROW } from '#protocol/staff/chain'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { fetchCaseHead } from '../../api/case-api.ts'
import { sendAction } from '../../api/send-action.ts'
import { fetchHybridKey } from '../../api/keys-api.ts'
import { followingHead } from '../../api/send-signed.ts'
import { type CaseSigner } from '../../crypto/sign-change.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'
import { type EnteredLetter, type LetterFields } from './letter-form.ts'
import { sealLetter, sealingKeysIn, type TestMark } from './seal-letter.ts'
import { sendAtHead } from './send-case-signed.ts'

/** Seals a letter to today's key. @throws Refusal the codes of sealingKeysIn and sealLetter */
export async function prepareLetter(
  { personId }: Pick<UnlockedKeys, 'personId'>,
  roster: Pick<Roster, 'epochs'>,
  letter: LetterFields,
  mark: TestMark = {},
): Promise<EnteredLetter> {
  const { hybridKey } = await fetchHybridKey()
  const keys = await sealingKeysIn(roster, fromB64(hybridKey), Date.now())
  return sealLetter(keys, letter, personId, mark)
}

/**
 * Stores a letter with the first row of its case. A letter that has arrived is not sent again, even
 * if the response was lost.
 */
export const sendLetter = (
  by: CaseSigner,
  { id, envelope, contentHash }: EnteredLetter,
): Promise<void> =>
  followingHead(
    async ({ head }) => {
      if (head !== toB64(NO_ROW)) return
      const change: LetterEnter = { contentHash }
      const row = { action: 'letter.enter', subject: id, change } as const
      await sendAtHead(by, row, head, (signed) => sendAction('letter.enter', { signed, envelope }))
    },
    () => fetchCaseHead(id),
  )

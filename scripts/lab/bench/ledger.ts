// Measures the replay of a ledger, which every staff browser performs after unlocking. Node runs
// the same code with the same WebCrypto calls.
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { openKeyFile } from '#scripts/org/files/key-file'
import { LedgerDraft } from '#scripts/org/ledger-draft'
import { invitationRow, makeOrganisation } from '#scripts/org/organisation'
import { timeRounds } from '#scripts/lab/bench/time-rounds'
import { makeInvitation } from '#site/staff/crypto/invite.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { saltName } from '#site/staff/crypto/person-name.ts'
import { rootSigner } from '#site/staff/recovery/root-key.ts'

const LEDGER_ROWS = 500
const BOUND_MS = 300
const PASSPHRASE = 'only for this measurement'

/**
 * Makes a ledger of LEDGER_ROWS rows, in which a member alternately creates and withdraws
 * invitations.
 */
async function longLedger(): Promise<{ draft: LedgerDraft; rootKey: Bytes }> {
  const organisation = await makeOrganisation(PASSPHRASE, Date.now())
  const { root } = await openKeyFile(PASSPHRASE, organisation.keyFile)
  const { keys, sign } = await makeKeys()
  const { signPublic, hpkePublic } = keys
  const personId = toB64(randomBytes(ID_BYTES))
  const nowMs = Date.now()
  const draft = new LedgerDraft(organisation.ledger.slice(0, 2))
  const { nameHash } = await saltName('Bench')
  const change = { signPublic, hpkePublic, nameHash, roles: ['admin', 'intake'] }
  await draft.add(
    await rootSigner(organisation.root, root),
    { action: 'person.certify', subject: personId, change },
    nowMs,
  )
  while (draft.rows.length < LEDGER_ROWS) {
    const invitation = await makeInvitation(['intake'], nowMs)
    const { tokenHash } = invitation.change
    await draft.add({ personId, sign }, invitationRow(invitation.change), nowMs)
    await draft.add(
      { personId, sign },
      { action: 'invitation.withdraw', subject: tokenHash, change: { tokenHash } },
      nowMs,
    )
  }
  return { draft, rootKey: organisation.root }
}

/** Prints the median time of a replay. @returns 1 when the time is over its bound, otherwise 0 */
export async function benchLedger(): Promise<number> {
  const { draft, rootKey } = await longLedger()
  return timeRounds(`Replaying ${draft.rows.length} rows of a ledger`, BOUND_MS, async () => {
    const { isWhole } = await replayLedger(draft.rows, rootKey)
    if (!isWhole) throw new Error('the ledger of the measurement is broken')
  })
}

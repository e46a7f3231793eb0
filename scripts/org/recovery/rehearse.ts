// Rehearses the recovery after the loss of all accounts, with two real sheets and a throw-away
// newcomer. The rehearsal writes only a file with a sentence and the date.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { intakeInfo } from '#protocol/keys/epoch-private-keys'
import { ID_BYTES } from '#protocol/limits'
import type { PersonJoin } from '#protocol/staff/ledger/rows'
import type { Certificate, Me } from '#protocol/staff/people/people'
import { dayOf } from '#protocol/time'
import {
  openByShares,
  type Recovered,
  type RecoveryQuestions,
} from '#scripts/org/recovery/open-by-shares'
import { Stop } from '#scripts/shared/progress'
import { hpkeOpen } from '#site/staff/crypto/hpke-open.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { saltName } from '#site/staff/crypto/person-name.ts'
import { signChange } from '#site/staff/crypto/sign-change.ts'
import { unlockKeys, type OpenOwnKeys } from '#site/staff/crypto/unlock.ts'
import { certifyNewcomer } from '#site/staff/recovery/certify-newcomer.ts'
import type { JoinRequest } from '#site/staff/recovery/join-request.ts'
import { newcomerOf } from '#site/staff/recovery/join-request.ts'
import type { FoundKey } from '#site/staff/recovery/open-keys.ts'
import { inviteByRoot, type InvitedLedger } from '#site/staff/recovery/root-rows.ts'

export const REHEARSED_FILE = 'rehearsed.txt'

/**
 * Runs the complete recovery in memory, and writes REHEARSED_FILE.
 *
 * @returns the sentence in the file
 * @throws Stop when a step fails or the newest key does not open; RecoveryFault from openByShares
 */
export async function rehearseRecovery(
  folder: string,
  exportPath: string,
  questions: RecoveryQuestions,
  nowMs: number,
): Promise<string> {
  const recovered = await openByShares(folder, exportPath, questions)
  const { file, keys } = recovered
  try {
    const { epochs, teams } = keys
    requireNewest(epochs, 'for letters')
    // An organisation without staff has no case keys.
    if (teams.length > 0) requireNewest(teams, 'of cases')
    await rehearseNewcomer(recovered, nowMs)
    const opened = epochs.filter(({ state }) => state === 'opened').length
    const sentence =
      `On ${dayOf(nowMs)} two sheets and the export of ${file.day} opened the root key and ` +
      `${opened} of ${epochs.length} keys for letters, and certified a throw-away newcomer.`
    writeFileSync(join(folder, REHEARSED_FILE), `${sentence}\n`, { mode: 0o600 })
    return sentence
  } finally {
    keys.wipe()
  }
}

/** @throws Stop when the newest existing key does not open */
function requireNewest(found: readonly FoundKey[], which: 'for letters' | 'of cases'): void {
  if (found.findLast(({ state }) => state !== 'ended')?.state === 'opened') return
  throw new Stop(
    `The newest key ${which} does not open with these sheets: a keeper must change the keys on ` +
      'the screen "Keys" of the staff app. The rehearsal has failed.',
  )
}

/**
 * Invites and certifies a person who exists only in this run, and lets the person join.
 *
 * @throws Stop
 */
async function rehearseNewcomer({ file, by, keys }: Recovered, nowMs: number): Promise<void> {
  const invited = await inviteByRoot(by, file, nowMs)
  const { unlocked, request } = await throwAwayNewcomer(invited, nowMs)
  const newcomer = await newcomerOf(request, invited.rows, file.root)
  const { certificate } = await certifyNewcomer(by, newcomer, file.root, keys, nowMs)
  if (!(await opensAll(unlocked, certificate, keys.epochKeys)))
    throw new Stop('The certificate did not open the keys. The rehearsal has failed.')
}

async function throwAwayNewcomer(
  { roster, invitation }: InvitedLedger,
  nowMs: number,
): Promise<{ unlocked: OpenOwnKeys; request: JoinRequest }> {
  const { keys, master } = await makeKeys()
  const { signPublic, hpkePublic } = keys
  const person = toB64(randomBytes(ID_BYTES))
  const { tokenHash } = invitation.change
  const me: Me = {
    id: person,
    name: '',
    roles: [],
    keys,
    slots: [],
    intake: [],
    team: [],
    manifest: '',
  }
  const unlocked = await unlockKeys(me, master)
  const { nameHash } = await saltName('')
  const change: PersonJoin = {
    ...{ signPublic, hpkePublic, nameHash },
    ...{ invitation: tokenHash, invitationRow: invitation.row },
  }
  const join = await signChange(
    unlocked,
    { action: 'person.join', subject: person, change },
    { prev: toB64(roster.head), nowMs },
  )
  const own = { signPublic, hpkePublic }
  return { unlocked, request: { v: 1, person, keys: own, invitation: tokenHash, join } }
}

/** Returns true when the newcomer's own key opens the same keys for all epochs. */
async function opensAll(
  { own }: OpenOwnKeys,
  { intake }: Certificate,
  epochKeys: ReadonlyMap<number, Bytes>,
): Promise<boolean> {
  for (const { epoch, sealed } of intake) {
    const opened = await hpkeOpen(own, intakeInfo(epoch), new Uint8Array(0), fromB64(sealed))
    const isSame = toB64(opened) === toB64(epochKeys.get(epoch) ?? new Uint8Array(0))
    opened.fill(0)
    if (!isSame) return false
  }
  return intake.length === epochKeys.size
}

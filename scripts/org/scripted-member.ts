// Makes the scripted member of a throw-away organisation. The root certifies this member, and a
// program holds the keys and the session. The program invites and confirms people on local servers.
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { ID_BYTES, TOKEN_BYTES } from '#protocol/limits'
import type { PersonCertify } from '#protocol/staff/ledger/rows'
import type { Me } from '#protocol/staff/people/people'
import type { TeamOpening } from '#protocol/staff/people/sealed-keys'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { openKeyFile } from '#scripts/org/files/key-file'
import { LedgerDraft } from '#scripts/org/ledger-draft'
import { unlockMember, type ScriptedMember } from '#scripts/org/files/member-file'
import { invitationRow, type Organisation } from '#scripts/org/organisation'
import { makeInvitation, signedInvitation } from '#site/staff/crypto/invite.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { saltName } from '#site/staff/crypto/person-name.ts'
import { unlockKeys, type OpenOwnKeys } from '#site/staff/crypto/unlock.ts'
import { makeTeamOpening } from '#site/staff/ledger/open-team.ts'
import { sealEpochTo } from '#site/staff/recovery/certify-newcomer.ts'
import { keeperCertificate, keeperRow } from '#site/staff/recovery/keeper-row.ts'
import { rootSigner } from '#site/staff/recovery/root-key.ts'

/** The name shows that a program uses this account. */
const NAME = 'Айзада (скрипт)'

export interface WithMember {
  organisation: Organisation
  member: ScriptedMember
}

/**
 * Certifies a scripted member as a keeper. The resulting ledger still contains `org.begin` and the
 * first epoch, but not the root's unused invitation.
 *
 * @param passphrase  the passphrase of the key file, which only a throw-away organisation stores
 * @param at          the time of the certificate, milliseconds since 1970
 */
export async function certifyScriptedMember(
  organisation: Organisation,
  passphrase: string,
  at: number,
): Promise<WithMember> {
  const { root, epochKeys } = await openKeyFile(passphrase, organisation.keyFile)
  const { keys, master } = await makeKeys()
  const { hpkePublic, signPublic } = keys
  const { salt: nameSalt, nameHash } = await saltName(NAME)
  const me: Me = {
    id: toB64(randomBytes(ID_BYTES)),
    name: NAME,
    roles: ['admin', 'intake'],
    keys,
    slots: [],
    intake: [
      {
        ...(await sealEpochTo(hpkePublic, organisation.epoch, epochKeys)),
        hybridKey: toB64(organisation.hybridKey),
      },
    ],
    team: [],
    manifest: toB64(organisation.manifest),
  }
  const certified: PersonCertify = { signPublic, hpkePublic, nameHash, roles: me.roles }
  const ledger = new LedgerDraft(organisation.ledger.slice(0, 2))
  const by = await rootSigner(organisation.root, root)
  await ledger.add(by, { action: 'person.certify', subject: me.id, change: certified }, at)
  const keeper = await keeperCertificate(by, { signPublic }, at)
  await ledger.add(by, keeperRow(me.id, keeper), at)
  const opened = await openFirstTeam(
    organisation.root,
    ledger,
    await unlockKeys(me, master.slice()),
    at,
  )
  const token = randomBytes(TOKEN_BYTES)
  return {
    organisation: { ...organisation, ledger: ledger.rows },
    member: {
      me: { ...me, team: opened.sealed.map(({ sealed }) => ({ generation: 1, sealed })) },
      nameSalt,
      master: toB64(master),
      session: toB64(token),
      sessionHash: await sha256(token),
      keeperLastDay: keeper.lastDay,
      teamForRecovery: fromB64(opened.sealedForRecovery),
    },
  }
}

/** Opens the first generation of the team key, as the first reader's browser would. */
async function openFirstTeam(
  root: Bytes,
  ledger: LedgerDraft,
  keys: OpenOwnKeys,
  at: number,
): Promise<TeamOpening> {
  const { roster } = await replayLedger(ledger.rows, root)
  const opening = await makeTeamOpening(keys, roster, at)
  await ledger.append(opening.signed, keys.personId)
  return opening
}

/** Makes the printable invitation, which the scripted member signs. @returns the organisation */
export async function inviteByMember(
  { organisation, member }: WithMember,
  now: number,
): Promise<Organisation> {
  const invitation = await makeInvitation(['admin', 'intake'], now)
  const ledger = new LedgerDraft(organisation.ledger)
  const { keys } = await unlockMember(member)
  const inviting = await ledger.add(keys, invitationRow(invitation.change), now)
  const signed = await signedInvitation(invitation, inviting)
  return { ...organisation, ledger: ledger.rows, invitation: signed }
}

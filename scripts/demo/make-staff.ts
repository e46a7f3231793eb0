// Makes the staff of the demo with the code that a browser runs when a person joins. The
// organisation's scripted member invites and confirms all of them.
import { randomBytes, toB64 } from '#protocol/bytes'
import { ID_BYTES, TOKEN_BYTES } from '#protocol/limits'
import type { Role } from '#protocol/staff/fields'
import type { PersonConfirm, PersonJoin } from '#protocol/staff/ledger/rows'
import type { Me } from '#protocol/staff/people/people'
import type { NewSlot, OwnSlot } from '#protocol/staff/people/slots'
import { dayOf } from '#protocol/time'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { LedgerDraft } from '#scripts/org/ledger-draft'
import { invitationRow, type Organisation } from '#scripts/org/organisation'
import type { WithMember } from '#scripts/org/scripted-member'
import { unlockMember, type UnlockedMember } from '#scripts/org/files/member-file'
import { makeInvitation } from '#site/staff/crypto/invite.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { sealPassphraseSlot } from '#site/staff/crypto/passphrase-slot.ts'
import { saltName, type HashedName } from '#site/staff/crypto/person-name.ts'
import { makePrintedSecret, writePrintedSecret } from '#site/staff/crypto/printed-secret.ts'
import { unlockKeys, type KeysBeforeProof } from '#site/staff/crypto/unlock.ts'
import { sealAllKeysFor } from '#site/staff/people/send-confirmation.ts'

/** The secrets that a colleague types, and the token of an open session. */
export interface SignInSecrets {
  name: string
  roles: Role[]
  passphrase: string
  printedSecret: string
  /** base64url of 32 bytes, the value of the session cookie */
  session: string
}

export interface Colleague {
  me: Me
  named: HashedName
  /** hashes for signing in with the printed sheet, which is the colleague's only slot */
  paper: NewSlot['paper']
  keys: KeysBeforeProof
  secrets: SignInSecrets
}

export interface DemoStaff {
  /** the organisation with the ledger rows that the staff signed */
  organisation: Organisation
  colleagues: Colleague[]
  /** the roster after the last of these ledger rows */
  roster: Roster
}

/**
 * The colleagues of the demo. Only the last colleague cannot open reports: see READERS in
 * plan-thread.ts.
 */
const PEOPLE: readonly { name: string; roles: Role[]; passphrase: string }[] = [
  { name: 'Айгүл', roles: ['admin', 'intake'], passphrase: 'кызыл чайнек тоодо ырдайт' },
  { name: 'Бермет', roles: ['intake'], passphrase: 'жашыл ат көлдө сүзөт' },
  { name: 'Данияр', roles: ['intake'], passphrase: 'тихий трактор любит сливы' },
  { name: 'Сергей', roles: ['admin'], passphrase: 'синий забор читает газету' },
]

const MINUTE_MS = 60_000

/** Returns a slot as its owner sees it on the day of joining. */
const ownSlot = ({ paper: _, ...slot }: NewSlot, today: string): OwnSlot => ({
  ...slot,
  name: '',
  addedDay: today,
  triedDay: today,
})

/** Makes a colleague with the keys that a confirmation seals. */
async function makeColleague(
  { name, roles, passphrase }: (typeof PEOPLE)[number],
  by: UnlockedMember,
  roster: Roster,
): Promise<Colleague> {
  const { keys, master } = await makeKeys()
  const printed = makePrintedSecret()
  const sheet = await sealPassphraseSlot(master, passphrase, printed)
  const slots = [ownSlot(sheet, dayOf(Date.now()))]
  const { hpkePublic } = keys
  const sealed = await sealAllKeysFor(by.keys, by.me, roster, { roles, hpkePublic })
  const { manifest } = by.me
  const id = toB64(randomBytes(ID_BYTES))
  const hybridKeys = new Map(by.me.intake.map(({ epoch, hybridKey }) => [epoch, hybridKey]))
  const intake = sealed.intake.map((each) => ({
    ...each,
    hybridKey: hybridKeys.get(each.epoch) ?? '',
  }))
  const me: Me = { id, name, roles, keys, slots, intake, team: sealed.team, manifest }
  const printedSecret = await writePrintedSecret(printed)
  const session = toB64(randomBytes(TOKEN_BYTES))
  return {
    me,
    named: await saltName(name),
    paper: sheet.paper,
    keys: await unlockKeys(me, master),
    secrets: { name, roles, passphrase, printedSecret, session },
  }
}

/** Makes the staff, who join one after another, a minute apart. @param begunAt  milliseconds */
export async function makeDemoStaff(
  { organisation, member }: WithMember,
  begunAt: number,
): Promise<DemoStaff> {
  const by = await unlockMember(member)
  const ledger = new LedgerDraft(organisation.ledger)
  const { roster } = await replayLedger(ledger.rows, organisation.root)
  const colleagues: Colleague[] = []
  for (const [place, person] of PEOPLE.entries()) {
    const at = begunAt + place * MINUTE_MS
    const colleague = await makeColleague(person, by, roster)
    const { id: subject, keys } = colleague.me
    const { signPublic, hpkePublic } = keys
    const { change } = await makeInvitation(person.roles, at)
    const confirm: PersonConfirm = { signPublic, hpkePublic, roles: person.roles }
    const { hash } = await ledger.add(by.keys, invitationRow(change), at)
    const join: PersonJoin = {
      ...{ signPublic, hpkePublic, nameHash: colleague.named.nameHash },
      ...{ invitation: change.tokenHash, invitationRow: toB64(hash) },
    }
    await ledger.add(colleague.keys, { action: 'person.join', subject, change: join }, at)
    await ledger.add(by.keys, { action: 'person.confirm', subject, change: confirm }, at)
    colleagues.push(colleague)
  }
  const joined = await replayLedger(ledger.rows, organisation.root)
  return {
    ...{ colleagues, roster: joined.roster },
    organisation: { ...organisation, ledger: ledger.rows },
  }
}

// Makes the staff of the demo by the code that a browser runs when somebody joins. The first
// colleague uses the invitation of the organisation and invites the others.
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { ID_BYTES, TOKEN_BYTES } from '#protocol/limits'
import { invitationKeys } from '#protocol/staff/invitation'
import {
  joinedChange,
  type InvitationChange,
  type Me,
  type Role,
  type SealedIntake,
} from '#protocol/staff/people'
import type { UnsignedChange } from '#scripts/demo/sign-changes'
import type { Organisation } from '#scripts/org/organisation'
import { intakeFromInvitation } from '#site/staff/crypto/intake-key.ts'
import { makeInvitation, type NewInvitation } from '#site/staff/crypto/invite.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { sealPassphraseSlot } from '#site/staff/crypto/passphrase-slot.ts'
import { makePrintedSecret, writePrintedSecret } from '#site/staff/crypto/printed-secret.ts'
import { unlockKeys, type UnlockedKeys } from '#site/staff/crypto/unlock.ts'

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
  keys: UnlockedKeys
  secrets: SignInSecrets
}

export interface DemoStaff {
  colleagues: Colleague[]
  /** an invitation that nobody has used, for the person who runs the demo */
  open: NewInvitation
  /** the changes that the staff sign while they join */
  changes: Omit<UnsignedChange, 'at'>[]
}

/** The colleagues. Only the last one cannot open reports: see READERS in plan-thread.ts. */
const PEOPLE: readonly { name: string; roles: Role[]; passphrase: string }[] = [
  { name: 'Айгүл', roles: ['admin', 'intake'], passphrase: 'кызыл чайнек тоодо ырдайт' },
  { name: 'Бермет', roles: ['intake'], passphrase: 'жашыл ат көлдө сүзөт' },
  { name: 'Данияр', roles: ['intake'], passphrase: 'тихий трактор любит сливы' },
  { name: 'Сергей', roles: ['admin'], passphrase: 'синий забор читает газету' },
]

interface Accepted {
  secret: Bytes
  sealedIntake: SealedIntake[]
}

async function joinStaffBy(
  { secret, sealedIntake }: Accepted,
  { name, roles, passphrase }: (typeof PEOPLE)[number],
  manifest: string,
): Promise<Colleague> {
  const { key } = await invitationKeys(secret)
  const { keys, master } = await makeKeys()
  const own = fromB64(keys.hpkePublic)
  const intake = await Promise.all(sealedIntake.map((each) => intakeFromInvitation(key, each, own)))
  const printed = makePrintedSecret()
  const slots = [await sealPassphraseSlot(master, passphrase, printed)]
  const me: Me = { id: toB64(randomBytes(ID_BYTES)), name, roles, keys, slots, intake, manifest }
  const printedSecret = await writePrintedSecret(printed)
  const session = toB64(randomBytes(TOKEN_BYTES))
  return {
    me,
    keys: await unlockKeys(me, master),
    secrets: { name, roles, passphrase, printedSecret, session },
  }
}

const invited = (change: InvitationChange) => ({
  action: 'invitation.create' as const,
  subject: change.tokenHash,
  changeText: JSON.stringify(change),
})

export async function makeDemoStaff({ invitation, manifest }: Organisation): Promise<DemoStaff> {
  const colleagues: Colleague[] = []
  const changes: DemoStaff['changes'] = []
  let next: Accepted = invitation
  for (const person of PEOPLE) {
    const [first] = colleagues
    if (first) {
      const { secret, change } = await makeInvitation(first.keys, first.me, person.roles)
      changes.push({ by: 0, ...invited(change) })
      next = { secret: fromB64(secret), sealedIntake: change.sealedIntake }
    }
    const { length: by } = colleagues
    const colleague = await joinStaffBy(next, person, toB64(manifest))
    colleagues.push(colleague)
    const { id: subject, keys } = colleague.me
    changes.push({ by, action: 'person.join', subject, changeText: joinedChange(keys) })
  }
  const [first] = colleagues
  if (!first) throw new Error('the staff of the demo is empty')
  const open = await makeInvitation(first.keys, first.me, ['admin', 'intake'])
  changes.push({ by: 0, ...invited(open.change) })
  return { colleagues, open, changes }
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { intakeInfo } from '#protocol/keys/epoch-private-keys'
import type { Role } from '#protocol/staff/fields'
import { Confirmation } from '#protocol/staff/people/people'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { Member } from '#protocol/staff/ledger/roster-state'
import { readLedgerFile } from '#scripts/org/files/ledger-file'
import { makeLocalOrganisation } from '#scripts/org/local'
import { invitationRow } from '#scripts/org/organisation'
import { readPublicFile } from '#scripts/org/files/public-file'
import { readScriptedMember, type UnlockedMember } from '#scripts/org/files/member-file'
import { startConfirmer } from '#scripts/local/confirm-newcomers'
import { inviteNewcomer } from '#scripts/local/invite-newcomer'
import { hpkeOpen } from '#site/staff/crypto/hpke-open.ts'
import { makeInvitation } from '#site/staff/crypto/invite.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { saltName } from '#site/staff/crypto/person-name.ts'
import { signChange } from '#site/staff/crypto/sign-change.ts'
import { openTeamCopy } from '#site/staff/crypto/team-key.ts'
import { unlockKeys, type KeysBeforeProof } from '#site/staff/crypto/unlock.ts'
import { serveStaff, type StaffServer } from './support/staff-server.ts'

/** The confirmer checks once a second, and the machine may be busy. */
const PATIENCE = { timeout: 20_000 }
const folder = mkdtempSync(join(tmpdir(), 'oasis-confirm-'))
const root = () => fromB64(readPublicFile(join(folder, 'public.json')).root)
let member: UnlockedMember
let server: StaffServer
let stop: () => void

beforeAll(async () => {
  await makeLocalOrganisation(folder)
  member = await readScriptedMember(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  const rows = readLedgerFile(join(folder, 'ledger.json'))
  server = await serveStaff(rows, member)
  stop = () => undefined
})
afterEach(() => {
  stop()
  server.close()
})

/** Adds the rows of a newcomer who is waiting. */
async function addNewcomer(...roles: Role[]): Promise<KeysBeforeProof> {
  const now = Date.now()
  const { change } = await makeInvitation(roles, now)
  const place = async () => ({ prev: await server.head(), nowMs: now })
  server.rows.push(await signChange(member.keys, invitationRow(change), await place()))
  const invitationHash = await server.head()
  const { keys, master } = await makeKeys()
  const id = toB64(randomBytes(16))
  const copies = { intake: [], team: [] }
  const me = { id, name: 'Айгүл', roles: [], keys, slots: [], ...copies, manifest: '' }
  const unlocked = await unlockKeys(me, master)
  const { signPublic, hpkePublic } = keys
  const joined = {
    ...{ signPublic, hpkePublic, nameHash: (await saltName(me.name)).nameHash },
    ...{ invitation: change.tokenHash, invitationRow: invitationHash },
  }
  const join = { action: 'person.join', subject: id, change: joined } as const
  server.rows.push(await signChange(unlocked, join, await place()))
  return unlocked
}

async function memberIn(id: string): Promise<Member | undefined> {
  const { isWhole, roster } = await replayLedger(server.rows, root())
  expect(isWhole).toBe(true)
  return roster.people.get(id)
}

test('The scripted member is certified by the root, and its invitation is open', async () => {
  const { roster } = await replayLedger(server.rows, root())
  expect(roster.people.get(member.me.id)).toMatchObject({
    state: 'confirmed',
    roles: ['admin', 'intake'],
    confirmedBy: roster.rootId,
  })
  const [offer, ...more] = roster.invitations.values()
  expect(offer).toMatchObject({ createdBy: member.me.id, state: 'open' })
  expect(more).toEqual([])
})

test('The confirmer seals the keys of the epoch and of the team to a newcomer', async () => {
  const newcomer = await addNewcomer('intake')
  stop = startConfirmer(server.origin, folder)
  await vi.waitFor(() => expect(server.posted).toHaveLength(1), PATIENCE)
  expect(await memberIn(newcomer.personId)).toMatchObject({
    state: 'confirmed',
    confirmedBy: member.me.id,
  })
  const { intake, team } = Confirmation.parse(server.posted[0])
  const opened = await Promise.all(
    intake.map(({ epoch, sealed }) =>
      hpkeOpen(newcomer.own, intakeInfo(epoch), new Uint8Array(0), fromB64(sealed)),
    ),
  )
  const own = await Promise.all(
    member.me.intake.map(({ epoch, sealed }) =>
      hpkeOpen(member.keys.own, intakeInfo(epoch), new Uint8Array(0), fromB64(sealed)),
    ),
  )
  expect(opened).toHaveLength(1)
  expect(opened).toEqual(own)
  const [copy] = team
  if (!copy || team.length > 1) throw new Error('not one generation')
  const { commitment } = await openTeamCopy(newcomer.own, copy)
  expect([commitment]).toEqual(member.keys.unproven.team.map((each) => each.commitment))
})

test('The confirmer gives no keys to an admin without the intake role', async () => {
  const newcomer = await addNewcomer('admin')
  stop = startConfirmer(server.origin, folder)
  await vi.waitFor(() => expect(server.posted).toHaveLength(1), PATIENCE)
  expect(Confirmation.parse(server.posted[0])).toMatchObject({ intake: [], team: [] })
  expect(await memberIn(newcomer.personId)).toMatchObject({ roles: ['admin'] })
})

test('The confirmer tries again after a refusal, and confirms several newcomers', async () => {
  server.refusals = 1
  const newcomers = [await addNewcomer('intake'), await addNewcomer('admin')]
  stop = startConfirmer(server.origin, folder)
  await vi.waitFor(() => expect(server.posted).toHaveLength(2), PATIENCE)
  for (const { personId } of newcomers)
    expect(await memberIn(personId)).toMatchObject({ state: 'confirmed' })
})

test('The confirmer reads the ledger only when its head has changed', async () => {
  stop = startConfirmer(server.origin, folder)
  const heads = () => server.asked.filter((each) => each.endsWith('/head')).length
  await vi.waitFor(() => expect(heads()).toBeGreaterThan(2), PATIENCE)
  expect(server.asked.length - heads()).toBe(1)
  stop()
})

test('An invitation of the scripted member is signed again after a refusal', async () => {
  server.refusals = 1
  expect(await inviteNewcomer(server.origin, folder)).toMatch(
    /^\/staff\/#invite=[\w-]{43}\.[\w-]{43}$/,
  )
  const { isWhole, roster } = await replayLedger(server.rows, root())
  expect([isWhole, roster.invitations.size]).toEqual([true, 2])
})

test('The SQL of a local organisation holds no token of a session', () => {
  expect(readFileSync(join(folder, 'publish.sql'), 'utf8')).not.toContain(member.session)
  const hex = Buffer.from(fromB64(member.session)).toString('hex')
  expect(readFileSync(join(folder, 'publish.sql'), 'utf8').toLowerCase()).not.toContain(hex)
})

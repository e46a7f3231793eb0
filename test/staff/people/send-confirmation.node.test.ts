import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import type { Role } from '#protocol/staff/fields'
import { headOf } from '#protocol/staff/ledger/rows'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { SealedIntake } from '#protocol/staff/people/sealed-keys'
import { Confirmation } from '#protocol/staff/people/people'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { openIntake } from '#site/staff/crypto/intake-key.ts'
import { openReport } from '#site/staff/crypto/open-report.ts'
import { openTeamCopy } from '#site/staff/crypto/team-key.ts'
import { hasNewKeys, newcomerDigits, requireWaiting } from '#site/staff/ledger/read-roster.ts'
import { findOwnJoin } from '#site/staff/join/own-join.ts'
import {
  sendConfirmation,
  sendInvitationEnd,
  sendRefusal,
} from '#site/staff/people/send-confirmation.ts'
import { CaseWriter as CaseLog } from '#test/protocol/support/case-log.ts'
import { LedgerWriter } from '#test/protocol/support/ledger.ts'
import { member, type Member } from '../support/ledger.ts'
import { openedWith, tell } from '../support/people.ts'

// root ──certifies──▶ Aigul (admin, intake) ──invites──▶ Bermet joins and waits (intake)
//                       └──invites──▶ Sergei joins ──Aigul confirms──▶ Sergei (admin)
// Mallory exists only in the server's tables.
let ledger: LedgerWriter
let aigul: Member, bermet: Member, sergei: Member, mallory: Member

beforeAll(async () => {
  ;[aigul, bermet, sergei, mallory] = await Promise.all([member(), member(), member(), member()])
  ledger = await LedgerWriter.begin()
  await ledger.certify(aigul.writer, 'admin', 'intake')
  await openTeam(ledger, aigul)
  await ledger.join(sergei.writer, await ledger.invite(aigul.writer, 'admin'))
  await ledger.confirm(aigul.writer, sergei.writer, 'admin')
  await ledger.join(bermet.writer, await ledger.invite(aigul.writer, 'intake'))
})
afterEach(() => vi.unstubAllGlobals())

async function rosterOf(from: LedgerWriter = ledger): Promise<Roster> {
  const replayed = await replayLedger(from.rows, from.rootKey)
  expect(replayed.isWhole).toBe(true)
  // The epoch of the test organisation was signed by a different root.
  return { ...replayed.roster, epochs: aigul.staff.roster.epochs }
}

/** Adds the row for the team key that a member has. */
const openTeam = (to: LedgerWriter, { writer, staff }: Member): Promise<void> =>
  to.add(writer, 'team.open', '1', {
    generation: 1,
    commitment: staff.keys.team.get(1)?.commitment,
  })

/**
 * Responds with the head of a ledger and Aigul's own keys, and records every request body.
 *
 * @param left  a case that its assignee can no longer work on
 */
function edge(from: LedgerWriter = ledger, left: StoredCase | null = null) {
  const posted: { path: string; body: unknown }[] = []
  vi.stubGlobal('fetch', (path: string, { body }: { body?: string }) => {
    if (path.endsWith('/ledger/head'))
      return Promise.resolve(Response.json({ head: toB64(from.head) }))
    if (left && path.endsWith(`/reports/${left.item.id}/head`))
      return headOf(left.log).then((head) => Response.json({ head: toB64(head) }))
    if (left && path.endsWith(`/reports/${left.item.id}`))
      return Promise.resolve(Response.json(left))
    if (path.endsWith('/cases/left')) {
      const cases = left
        ? [{ id: left.item.id, day: left.item.day, assignee: bermet.writer.id }]
        : []
      return Promise.resolve(Response.json({ cases }))
    }
    if (path.endsWith('/me')) return Promise.resolve(Response.json(aigul.staff.me))
    posted.push({ path, body: JSON.parse(body ?? 'null') })
    return Promise.resolve(new Response(null, { status: 204 }))
  })
  return posted
}

/** Adds the public key that the edge sends beside the person's own copy of an epoch. */
const named = (sealed: SealedIntake) => ({
  ...sealed,
  hybridKey: aigul.staff.me.intake[0]?.hybridKey ?? '',
})

const confirm = (by: Member, roster: Roster, id: string): Promise<void> =>
  sendConfirmation(by.staff.keys, roster, id)

describe('a confirmation', () => {
  test('A confirmed reader gets the keys of each epoch, and the row fits the ledger', async () => {
    const posted = edge()
    await confirm(aigul, await rosterOf(), bermet.writer.id)
    expect(posted.map(({ path }) => path)).toEqual([
      `/api/staff/people/${bermet.writer.id}/confirm`,
    ])
    const { signed, intake, team } = Confirmation.parse(posted[0]?.body)
    const { roster, isWhole } = await replayLedger([...ledger.rows, signed], ledger.rootKey)
    expect(isWhole).toBe(true)
    expect(roster.people.get(bermet.writer.id)).toMatchObject({ state: 'confirmed' })

    const [sealed] = intake
    if (!sealed) throw new Error('no key in the confirmation')
    expect(intake).toHaveLength(aigul.staff.me.intake.length)
    const { keys: epoch } = await openIntake(bermet.staff.keys.own, named(sealed))
    const keys = new Map([[sealed.epoch, epoch]])
    const reported = await tell(aigul.staff, { text: 'сөз' })
    expect((await openReport(keys, reported.envelope)).report.text).toBe('сөз')
    const copies = await Promise.all(team.map((copy) => openTeamCopy(bermet.staff.keys.own, copy)))
    expect(copies).toMatchObject([{ commitment: aigul.staff.keys.team.get(1)?.commitment }])
  })

  test('R33: The keys are sealed to the key in the ledger and open for nobody else', async () => {
    const posted = edge()
    await confirm(aigul, await rosterOf(), bermet.writer.id)
    const { intake, team } = Confirmation.parse(posted[0]?.body)
    expect([intake.length, team.length]).toEqual([1, 1])
    for (const other of [sergei, mallory]) {
      const { own } = other.staff.keys
      for (const sealed of intake)
        await expect(openIntake(own, named(sealed))).rejects.toMatchObject({ code: 'cannot_open' })
      for (const copy of team)
        await expect(openTeamCopy(own, copy)).rejects.toMatchObject({ code: 'cannot_open' })
    }
  })

  test('R33: A colleague does not hand on a team key that the roster does not name', async () => {
    const copy = await LedgerWriter.begin()
    await copy.certify(aigul.writer, 'admin', 'intake')
    await copy.join(bermet.writer, await copy.invite(aigul.writer, 'intake'))
    const posted = edge(copy)
    await expect(confirm(aigul, await rosterOf(copy), bermet.writer.id)).rejects.toMatchObject({
      code: 'chain_moved',
    })
    await copy.add(aigul.writer, 'team.open', '1', {
      generation: 1,
      commitment: mallory.staff.keys.team.get(1)?.commitment,
    })
    await expect(confirm(aigul, await rosterOf(copy), bermet.writer.id)).rejects.toMatchObject({
      code: 'cannot_open',
    })
    expect(posted).toEqual([])
  })

  test('R33: A colleague does not hand on epoch keys that the roster does not name', async () => {
    const posted = edge()
    const roster = await rosterOf()
    const none: Roster['epochs'] = new Map()
    const others = [
      [none, 'chain_moved'],
      [mallory.staff.roster.epochs, 'cannot_open'],
    ] as const
    for (const [epochs, code] of others)
      await expect(confirm(aigul, { ...roster, epochs }, bermet.writer.id)).rejects.toMatchObject({
        code,
      })
    expect(posted).toEqual([])
  })

  test('R33: A person whom only a table names gets nothing, and nothing is sent', async () => {
    const posted = edge()
    const roster = await rosterOf()
    await expect(confirm(aigul, roster, mallory.writer.id)).rejects.toMatchObject({
      code: 'person_unknown',
    })
    expect(posted).toEqual([])
  })

  test('R33: An admin who does not read reports cannot confirm, and nothing is sent', async () => {
    const posted = edge()
    const roster = await rosterOf()
    for (const by of [sergei, mallory, bermet]) {
      await expect(confirm(by, roster, bermet.writer.id)).rejects.toMatchObject({
        code: 'not_allowed',
      })
      await expect(sendRefusal(by.staff.keys, roster, bermet.writer.id)).rejects.toMatchObject({
        code: 'not_allowed',
      })
    }
    expect(posted).toEqual([])
  })

  test('A newcomer without the intake role gets no key', async () => {
    const roles: Role[] = ['admin']
    const copy = ledger.copy()
    const azat = await member()
    await copy.join(azat.writer, await copy.invite(aigul.writer, ...roles))
    const posted = edge(copy)
    await confirm(aigul, await rosterOf(copy), azat.writer.id)
    const { signed, ...copies } = Confirmation.parse(posted[0]?.body)
    expect(copies).toEqual({ intake: [], team: [] })
    expect(JSON.parse(signed.change)).toMatchObject({ roles })
  })

  test('R33: Somebody who is confirmed or refused already is not sealed to again', async () => {
    const copy = ledger.copy()
    await copy.add(aigul.writer, 'person.refuse', bermet.writer.id, bermet.writer.keys)
    const posted = edge(copy)
    const roster = await rosterOf(copy)
    for (const { writer } of [bermet, sergei])
      await expect(confirm(aigul, roster, writer.id)).rejects.toMatchObject({
        code: 'person_unknown',
      })
    expect(posted).toEqual([])
  })
})

test('R35: The confirmation of a caseworker with new keys takes cases back first', async () => {
  const copy = ledger.copy()
  const [before, after] = [await member(), await member()]
  await copy.certify(before.writer, 'caseworker')
  const renewed = { ...after.writer, id: before.writer.id }
  const log = new CaseLog(ledger)
  const given = { from: null, to: renewed.id, isGranted: true }
  await log.add(aigul.writer, 'case.assign', given)
  await copy.add(before.writer, 'person.rekey', renewed.id, renewed.keys)
  const opened = openedWith({ ...(await tell(aigul.staff, { text: 'иш' })), id: log.caseId })
  const posted = edge(copy, { ...opened, log: log.rows })
  await confirm(aigul, await rosterOf(copy), renewed.id)
  expect(posted.map(({ path }) => path)).toEqual([
    `/api/staff/reports/${log.caseId}/assignee`,
    `/api/staff/people/${renewed.id}/confirm`,
  ])
  const { signed } = posted[0]?.body as { signed: { change: string } }
  expect(JSON.parse(signed.change)).toEqual({ from: renewed.id, to: null, isGranted: false })
})

describe('a refusal and a withdrawal', () => {
  test('A refusal names the keys that waited, and the ledger accepts the row', async () => {
    const posted = edge()
    await sendRefusal(aigul.staff.keys, await rosterOf(), bermet.writer.id)
    expect(posted[0]?.path).toBe(`/api/staff/people/${bermet.writer.id}/refuse`)
    const row = posted[0]?.body as (typeof ledger.rows)[number]
    const { roster, isWhole } = await replayLedger([...ledger.rows, row], ledger.rootKey)
    expect(isWhole).toBe(true)
    expect(roster.people.get(bermet.writer.id)).toMatchObject({ state: 'refused' })
  })

  test('A withdrawal ends the invitation in the ledger', async () => {
    const copy = ledger.copy()
    const tokenHash = await copy.invite(aigul.writer, 'intake')
    const posted = edge(copy)
    await sendInvitationEnd(aigul.staff.keys, tokenHash)
    expect(posted[0]?.path).toBe(`/api/staff/invitations/${tokenHash}/withdraw`)
    const row = posted[0]?.body as (typeof ledger.rows)[number]
    const { roster, isWhole } = await replayLedger([...copy.rows, row], copy.rootKey)
    expect(isWhole).toBe(true)
    expect(roster.invitations.get(tokenHash)).toMatchObject({ state: 'withdrawn' })
  })
})

describe('the digits', () => {
  const joinOf = async (who: Member, from: LedgerWriter = ledger) =>
    findOwnJoin({ roster: await rosterOf(from), rows: from.rows }, who.staff.keys)

  test('The newcomer and the colleague see the same digits', async () => {
    const roster = await rosterOf()
    const waiting = requireWaiting(roster, bermet.writer.id)
    const { digits, request } = await joinOf(bermet)
    expect(digits).toEqual(await newcomerDigits(waiting, waiting))
    expect(digits).toHaveLength(5)
    expect(request).toBeNull()
  })

  test('A first member with new keys compares digits, without a request for the root', async () => {
    const copy = await LedgerWriter.begin()
    await copy.join(aigul.writer, await copy.invite(copy.root, 'intake'))
    await copy.certify(aigul.writer, 'intake')
    await copy.certify(sergei.writer, 'intake')
    const renewed = await member()
    await copy.add(aigul.writer, 'person.rekey', aigul.writer.id, renewed.writer.keys)
    const roster = await rosterOf(copy)
    const waiting = requireWaiting(roster, aigul.writer.id)
    expect(hasNewKeys(roster, waiting)).toBe(true)
    const keys = { personId: aigul.writer.id, publicKeys: renewed.staff.keys.publicKeys }
    expect(await findOwnJoin({ roster, rows: copy.rows }, keys)).toEqual({
      digits: await newcomerDigits(waiting, waiting),
      request: null,
      hasNewKeys: true,
    })
  })

  test('A newcomer of an invitation has no new keys', async () => {
    const roster = await rosterOf()
    expect(hasNewKeys(roster, requireWaiting(roster, bermet.writer.id))).toBe(false)
    expect((await joinOf(bermet)).hasNewKeys).toBe(false)
  })

  test('R33: A newcomer whose keys the server swapped in the ledger gets no digits', async () => {
    // The server takes the invitation and joins in the newcomer's name with its own keys.
    const copy = await LedgerWriter.begin()
    await copy.certify(aigul.writer, 'admin', 'intake')
    const swapped = { ...mallory.writer, id: bermet.writer.id }
    await copy.join(swapped, await copy.invite(aigul.writer, 'intake'))
    await expect(joinOf(bermet, copy)).rejects.toMatchObject({ code: 'ledger_broken' })

    // If the newcomer's app still showed digits, they would differ from the colleague's.
    const roster = await rosterOf(copy)
    const waiting = requireWaiting(roster, bermet.writer.id)
    expect(await newcomerDigits(waiting, waiting)).not.toEqual(
      await newcomerDigits(waiting, bermet.staff.keys.publicKeys),
    )
  })

  test('A newcomer whom the ledger does not name gets no digits', async () => {
    await expect(joinOf(mallory)).rejects.toMatchObject({ code: 'ledger_broken' })
  })

  test('Only the first member, whom the root invited, gets a request to certify', async () => {
    const copy = await LedgerWriter.begin()
    const invitation = await copy.invite(copy.root, 'admin', 'intake')
    await copy.join(bermet.writer, invitation)
    const { request } = await joinOf(bermet, copy)
    const join = copy.rows.at(-1)
    expect(JSON.parse(new TextDecoder().decode(request ?? undefined))).toEqual({
      v: 1,
      person: bermet.writer.id,
      keys: bermet.writer.keys,
      invitation,
      join,
    })
  })
})

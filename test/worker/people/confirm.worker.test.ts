import { beforeEach, describe, expect, test } from 'vitest'
import type { ErrorCode } from '#protocol/errors'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import { LedgerPage } from '#protocol/staff/ledger/rows'
import { Me, People, type Confirmation } from '#protocol/staff/people/people'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { beginLedger, firstMember, signedByRoot } from '../support/chains.ts'
import { expectRefusal, freshEdge, rowsIn, type Organisation } from '../support/edge.ts'
import { asStaff, getAs, newcomer, noise, person, signed, type Person } from '../support/staff.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

type Newcomer = Awaited<ReturnType<typeof newcomer>>
const publicKeys = ({ keys }: Pick<Newcomer, 'keys'>) => ({
  signPublic: keys.signPublic,
  hpkePublic: keys.hpkePublic,
})
const sealedKeys = [{ epoch: 1, sealed: noise(1306) }]
const sealedTeam = [{ generation: 1, sealed: noise(1168) }]

async function confirm(
  by: Person,
  waiting: Newcomer,
  changes: { roles?: string[]; hpkePublic?: string } & Partial<Confirmation> = {},
): Promise<Response> {
  const { roles = ['intake'], hpkePublic = waiting.keys.hpkePublic, ...copies } = changes
  const change = { ...publicKeys(waiting), hpkePublic, roles }
  const body = {
    signed: await signed(by, 'person.confirm', waiting.id, change),
    intake: sealedKeys,
    team: sealedTeam,
    ...copies,
  }
  return asStaff(`people/${waiting.id}/confirm`, 'POST', body, by.cookie)
}

const meOf = async (who: Person) => Me.parse(await (await getAs(who, 'me')).json())

describe('a newcomer', () => {
  test('A waiting newcomer reads only the ledger and their own account', async () => {
    const waiting = await newcomer('admin', 'intake')
    for (const path of ['reports', 'counts', 'people', 'ledger/head', 'alerts', 'discards'])
      await expectRefusal(await getAs(waiting, path), 403, 'not_allowed')
    expect((await getAs(waiting, 'ledger')).status).toBe(200)
    expect(await meOf(waiting)).toMatchObject({ roles: [], intake: [] })
  })

  test('A colleague with intake confirms a newcomer, who gets roles and keys', async () => {
    const reader = await person('intake')
    const waiting = await newcomer('intake')
    expect((await confirm(reader, waiting)).status).toBe(204)
    expect(await meOf(waiting)).toMatchObject({
      roles: ['intake'],
      intake: sealedKeys,
      team: sealedTeam,
    })
    expect((await getAs(waiting, 'reports')).status).toBe(200)
    await expectRefusal(await confirm(reader, waiting), 404, 'person_unknown')
  })

  test('R33: An admin without intake cannot confirm a newcomer', async () => {
    const admin = await person('admin')
    const waiting = await newcomer('intake')
    await expectRefusal(await confirm(admin, waiting), 403, 'not_allowed')
    expect(await meOf(waiting)).toMatchObject({ roles: [], intake: [] })
  })

  interface Wrong {
    roles?: string[]
    intake?: Confirmation['intake']
    team?: Confirmation['team']
    hasOtherKeys?: boolean
  }
  test.each<[string, Wrong, number, ErrorCode]>([
    ['more roles than the invitation offers', { roles: ['admin', 'intake'] }, 400, 'malformed'],
    ['no keys for a reader', { intake: [] }, 400, 'malformed'],
    ['no copy of the team key', { team: [] }, 409, 'chain_moved'],
    ['the key of another epoch', { intake: [{ epoch: 2, sealed: '_' }] }, 409, 'chain_moved'],
    ['keys that did not join', { hasOtherKeys: true }, 404, 'person_unknown'],
  ])('A confirmation with %s is refused', async (_what, wrong, status, code) => {
    const reader = await person('intake')
    const waiting = await newcomer('intake')
    const { hasOtherKeys, ...changes } = wrong
    const hpkePublic = noise(HYBRID_KEY_BYTES)
    const answer = await confirm(reader, waiting, {
      ...changes,
      ...(hasOtherKeys && { hpkePublic }),
    })
    await expectRefusal(answer, status, code)
    expect([await rowsIn('intake_keys'), await rowsIn('ledger')]).toEqual([1, 2])
  })

  test('A newcomer without the intake role gets no keys', async () => {
    const reader = await person('intake')
    const waiting = await newcomer('admin')
    await expectRefusal(await confirm(reader, waiting, { roles: ['admin'] }), 400, 'malformed')
    const answer = await confirm(reader, waiting, { roles: ['admin'], intake: [], team: [] })
    expect(answer.status).toBe(204)
    expect(await meOf(waiting)).toMatchObject({ roles: ['admin'], intake: [], team: [] })
  })

  test('A refused newcomer loses the account and the session', async () => {
    const reader = await person('intake')
    const waiting = await newcomer('intake')
    const change = await signed(reader, 'person.refuse', waiting.id, publicKeys(waiting))
    const refuse = () => asStaff(`people/${waiting.id}/refuse`, 'POST', change, reader.cookie)
    expect((await refuse()).status).toBe(204)
    await expectRefusal(await getAs(waiting, 'me'), 401, 'signed_out')
    await expectRefusal(await refuse(), 404, 'person_unknown')
  })

  test('A colleague reads the names of everybody, those who wait included', async () => {
    const reader = await person('intake')
    const waiting = await newcomer('intake')
    const { names } = People.parse(await (await getAs(reader, 'people')).json())
    expect(names.map(({ id }) => id).sort()).toEqual([reader.id, waiting.id].sort())
  })
})

describe('the first member', () => {
  const certify = async (first: Awaited<ReturnType<typeof firstMember>>, roles: string[]) => ({
    person: first.id,
    signed: await signedByRoot(org, 'person.certify', first.id, { ...first.own, roles }),
    keeper: null,
    intake: sealedKeys,
    team: sealedTeam,
  })

  test('The root certifies the first member, who gets keys, and the ledger says so', async () => {
    await beginLedger(org)
    const first = await firstMember(org, noise(32))
    const body = await certify(first, ['admin', 'intake'])
    const answer = await asStaff('me/certificate', 'POST', body, first.cookie)
    expect(answer.status).toBe(204)
    expect(await meOf(first)).toMatchObject({
      roles: ['admin', 'intake'],
      intake: sealedKeys,
      team: sealedTeam,
    })
    const page = LedgerPage.parse(await (await getAs(first, 'ledger')).json())
    const replayed = await replayLedger(page.rows, org.root.publicKey)
    expect(replayed.isWhole).toBe(true)
    expect(replayed.roster.people.get(first.id)).toMatchObject({
      state: 'confirmed',
      roles: ['admin', 'intake'],
      confirmedBy: replayed.roster.rootId,
    })
  })

  test('A certificate of another root or for another person is refused', async () => {
    await beginLedger(org)
    const first = await firstMember(org, noise(32))
    const body = await certify(first, ['admin', 'intake'])
    const other = await newcomer('intake')
    await expectRefusal(
      await asStaff('me/certificate', 'POST', body, other.cookie),
      403,
      'not_allowed',
    )
    const forged = {
      ...body,
      signed: await signed(other, 'person.certify', first.id, {
        ...first.own,
        roles: ['admin', 'intake'],
      }),
    }
    await expectRefusal(
      await asStaff('me/certificate', 'POST', forged, first.cookie),
      403,
      'signature_refused',
    )
    expect(await meOf(first)).toMatchObject({ roles: [] })
  })
})

describe('the ledger', () => {
  test('A reader gets the ledger page by page, each row once', async () => {
    const reader = await person('intake')
    await person('admin')
    const whole = LedgerPage.parse(await (await getAs(reader, 'ledger')).json())
    expect([whole.rows.length, whole.next]).toEqual([2, null])
    const rest = LedgerPage.parse(await (await getAs(reader, 'ledger?after=1')).json())
    expect(rest.rows).toEqual(whole.rows.slice(1))
    await expectRefusal(await getAs(reader, 'ledger?after=x'), 400, 'malformed')
  })
})

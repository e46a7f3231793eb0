import { beforeEach, expect, test } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { certifyAdmin } from '#protocol/keys/manifest'
import { LedgerPage } from '#protocol/staff/ledger/rows'
import { KEEPER_DAYS } from '#protocol/staff/ledger/keys'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { dayNumber } from '#protocol/time'
import { beginLedger, firstMember, signedByRoot } from '../support/chains.ts'
import { db, expectRefusal, freshEdge, type Organisation } from '../support/edge.ts'
import { asStaff, getAs, noise, person, signed } from '../support/staff.ts'

let org: Organisation
let first: Awaited<ReturnType<typeof firstMember>>
beforeEach(async () => {
  org = await freshEdge()
  await beginLedger(org)
  first = await firstMember(org, noise(32))
  const certified = { ...first.own, roles: ['admin', 'intake'] }
  const body = {
    person: first.id,
    signed: await signedByRoot(org, 'person.certify', first.id, certified),
    keeper: null,
    intake: [{ epoch: 1, sealed: noise(1306) }],
    team: [{ generation: 1, sealed: noise(1168) }],
  }
  expect((await asStaff('me/certificate', 'POST', body, first.cookie)).status).toBe(204)
})

const LAST_DAY = dayNumber(Date.now()) + KEEPER_DAYS

async function keeperChange(lastDay = LAST_DAY) {
  const { signPublic } = first.own
  const certificate = await certifyAdmin(org.root.privateKey, fromB64(signPublic), lastDay)
  return { signPublic, lastDay, certificate: toB64(certificate) }
}

const bring = async (body: object, cookie = first.cookie) =>
  asStaff('me/keeper', 'POST', body, cookie)
const certify = async (lastDay?: number) =>
  signedByRoot(org, 'keeper.certify', first.id, await keeperChange(lastDay))
const keeperLastDay = async () =>
  (
    await db
      .prepare('SELECT keeper_last_day FROM people WHERE id = ?')
      .bind(fromB64(first.id))
      .first<{ keeper_last_day: number | null }>()
  )?.keeper_last_day

test('A reader submits a keeper certificate, and a later one prolongs it', async () => {
  expect((await bring(await certify(LAST_DAY - 300))).status).toBe(204)
  expect(await keeperLastDay()).toBe(LAST_DAY - 300)
  expect((await bring(await certify())).status).toBe(204)
  expect(await keeperLastDay()).toBe(LAST_DAY)
  const { rows } = LedgerPage.parse(await (await getAs(first, 'ledger')).json())
  const { isWhole, roster } = await replayLedger(rows, org.root.publicKey)
  expect(isWhole).toBe(true)
  expect(roster.people.get(first.id)?.keeper?.lastDay).toBe(LAST_DAY)
})

test('A certificate that the root did not sign, or too long a one, changes nothing', async () => {
  const own = await signed(first, 'keeper.certify', first.id, await keeperChange())
  await expectRefusal(await bring(own), 403, 'signature_refused')
  await expectRefusal(await bring(await certify(LAST_DAY + 2)), 400, 'malformed')
  const change = { ...(await keeperChange()), certificate: noise(64) }
  const forged = await signedByRoot(org, 'keeper.certify', first.id, change)
  await expectRefusal(await bring(forged), 400, 'malformed')
  expect(await keeperLastDay()).toBeNull()
})

test('A colleague cannot submit another person’s certificate', async () => {
  const colleague = await person('intake')
  await expectRefusal(await bring(await certify(), colleague.cookie), 403, 'signature_refused')
  expect(await keeperLastDay()).toBeNull()
})

// Tests referrals of a case: what the edge stores, and what it refuses on the basis of the row
// alone.
import { beforeEach, describe, expect, test } from 'vitest'
import { fromB64, randomBytes, sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { Queue } from '#protocol/staff/list/queue'
import { DAY_MS } from '#protocol/limits'
import {
  addEntryAs,
  freshCasework,
  makeKeyAs,
  openedBy,
  type Casework,
} from '../support/casework.ts'
import { rowsOfWholeChain } from '../support/chains.ts'
import { countingDb } from '../support/counting-db.ts'
import {
  ask,
  db,
  deps,
  expectRefusal,
  idOf,
  reporter,
  sealed,
  STAFF_ORIGIN,
  submit,
} from '../support/edge.ts'
import { confirmAs, fileAs, makeAs, markAs, referralAs } from '../support/referrals.ts'
import { asStaff, getAs, noise, person, signed, type Person } from '../support/staff.ts'
import { giveTo, mergeAs } from '../support/teamwork.ts'
import { listReferralRows } from '#worker/store/cases/referrals'
import { dropEndedSecrets } from '#worker/store/cases/secrets'

let work: Casework
let aigul: Person
let bermet: Person
let id: string
beforeEach(async () => {
  work = await freshCasework()
  ;({ staff: aigul, id } = work)
  bermet = await person('intake')
  await makeKeyAs(aigul, id)
})

/** Sends a follow-up from the person who wrote the report. */
async function follow(): Promise<void> {
  const { hashes, keys } = work.known
  const envelope = await sealed(work.org, { ...hashes, kind: KIND.followUp })
  await submit(envelope, { 'oasis-write': toB64(keys.write) })
}

describe('a referral', () => {
  test('It goes from made to done, and each row has its entry', async () => {
    const made = await referralAs(aigul, id, { second: 'none' })
    for (const step of [
      ['made', 'sent'],
      ['sent', 'sent'],
      ['sent', 'accepted'],
      ['accepted', 'done'],
      ['done', 'revoked'],
      ['revoked', 'told'],
      ['told', 'told'],
    ] as const)
      expect((await markAs(aigul, id, made, step)).status).toBe(204)
    expect(await rowsOfWholeChain(id)).toBe(9)
    expect((await openedBy(aigul, id)).entries.map(({ n }) => n)).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
  })

  test.each([
    [[], ['made', 'accepted']],
    [[], ['made', 'told']],
    [[], ['sent', 'accepted']],
    [['sent'], ['sent', 'done']],
    [
      ['sent', 'rejected'],
      ['rejected', 'accepted'],
    ],
    // Nobody is told about a page that was never sent.
    [['revoked'], ['revoked', 'told']],
    [
      ['sent', 'revoked'],
      ['revoked', 'sent'],
    ],
  ] as const)('After %j the edge refuses %j', async (before, step) => {
    const made = await referralAs(aigul, id, { second: 'none' })
    let from = 'made'
    for (const to of before) {
      await markAs(aigul, id, made, [from, to])
      from = to
    }
    const rows = await rowsOfWholeChain(id)
    await expectRefusal(await markAs(aigul, id, made, step), 409, 'record_changed')
    expect(await rowsOfWholeChain(id)).toBe(rows)
  })

  test('Only sending names the day of the answer', async () => {
    const made = await referralAs(aigul, id, { second: 'none' })
    const day = { expectedDay: '2026-12-24' }
    await expectRefusal(await markAs(aigul, id, made, ['made', 'sent'], {}), 409, 'record_changed')
    await expectRefusal(
      await markAs(aigul, id, made, ['made', 'revoked'], day),
      409,
      'record_changed',
    )
    expect((await markAs(aigul, id, made, ['made', 'sent'], day)).status).toBe(204)
  })

  test('It needs its file, its entry, the key in use and a case', async () => {
    await expectRefusal(await makeAs(aigul, id, { fileHash: noise(32) }), 404, 'not_found')
    await expectRefusal(await makeAs(aigul, id, { entryHash: noise(32) }), 403, 'signature_refused')
    await expectRefusal(await makeAs(aigul, id, { keyNo: 2 }), 409, 'case_key_changed')
    await expectRefusal(await makeAs(aigul, noise(16)), 404, 'not_found')
    expect(await rowsOfWholeChain(id)).toBe(1)
  })

  test('Nothing is signed over letters that its author has not read', async () => {
    const made = await referralAs(aigul, id)
    await follow()
    await expectRefusal(await makeAs(aigul, id), 409, 'report_grew')
    await expectRefusal(await confirmAs(bermet, id, made), 409, 'report_grew')
    await expectRefusal(await markAs(aigul, id, made, ['made', 'revoked']), 409, 'report_grew')
    expect((await confirmAs(bermet, id, made, { followUps: 1 })).status).toBe(201)
  })

  test('It is an act, and the list says that somebody has acted', async () => {
    const item = async () => Queue.parse(await (await getAs(aigul, 'reports')).json()).items[0]
    expect((await item())?.acted).toBe(false)
    await referralAs(aigul, id)
    expect((await item())?.acted).toBe(true)
    await follow()
    expect((await item())?.acted).toBe(false)
  })

  test('It cannot be sent 31 days after it was made', async () => {
    const made = await referralAs(aigul, id, { second: 'none' })
    // Later in this test, the edge's clock and the day in the statement change.
    const rows = await listReferralRows(deps.db, fromB64(id))
    expect(rows).toHaveLength(1)
    const old = new Date(Date.now() - 31 * DAY_MS).toISOString().slice(0, 10)
    await db.prepare('DROP TRIGGER case_log_no_update').run()
    await db
      .prepare("UPDATE case_log SET statement = json_set(statement, '$.at', ?) WHERE n = 2")
      .bind(old)
      .run()
    await expectRefusal(await markAs(aigul, id, made, ['made', 'sent']), 403, 'not_allowed')
    expect((await markAs(aigul, id, made, ['made', 'revoked'])).status).toBe(204)
  })
})

test('While R2 fails no referral is made, and the same try succeeds afterwards', async () => {
  const fileHash = await fileAs(aigul, id)
  const entry = noise(540)
  const entryHash = toB64(await sha256(fromB64(entry)))
  const change = { keyNo: 1, followUps: 0, absorbed: 0, entryHash, fileHash, second: 'none' }
  const body = JSON.stringify({
    signed: await signed(aigul, 'referral.make', id, change),
    sealed: entry,
  })
  const headers = {
    ...{ cookie: aigul.cookie, 'content-type': 'application/json', origin: STAFF_ORIGIN },
  }
  const FILES = { head: () => Promise.reject(new Error('R2 is down')) } as unknown as R2Bucket
  const make = (bindings: object) =>
    ask(`/api/staff/reports/${id}/referrals`, { method: 'POST', headers, body }, bindings)
  await expectRefusal(await make({ FILES }), 503, 'unavailable')
  expect(await rowsOfWholeChain(id)).toBe(1)
  expect((await make({})).status).toBe(201)
})

describe('the second signature', () => {
  test('Before it, nothing leaves that needs it', async () => {
    const made = await referralAs(aigul, id, { second: 'before' })
    await expectRefusal(await markAs(aigul, id, made, ['made', 'sent']), 403, 'not_allowed')
    await expectRefusal(await markAs(bermet, id, made, ['made', 'sent']), 403, 'not_allowed')
    expect((await confirmAs(bermet, id, made)).status).toBe(201)
    expect((await markAs(aigul, id, made, ['made', 'sent'])).status).toBe(204)
  })

  test('It is another hand, once, over the hash of the first row', async () => {
    const made = await referralAs(aigul, id)
    await expectRefusal(await confirmAs(aigul, id, made), 403, 'not_allowed')
    const other = { ...made, hash: noise(32) }
    await expectRefusal(await confirmAs(bermet, id, other), 404, 'not_found')
    await expectRefusal(await confirmAs(bermet, id, { ...made, row: 1 }), 404, 'not_found')
    await expectRefusal(
      await confirmAs(bermet, id, { ...made, caseId: noise(16) }),
      404,
      'not_found',
    )
    expect((await confirmAs(bermet, id, made)).status).toBe(201)
    const third = await person('intake')
    await expectRefusal(await confirmAs(third, id, made), 409, 'record_changed')
  })

  test('One that is not needed, or comes too late, is refused', async () => {
    const none = await referralAs(aigul, id, { second: 'none' })
    await expectRefusal(await confirmAs(bermet, id, none), 409, 'record_changed')
    const made = await referralAs(aigul, id)
    await markAs(aigul, id, made, ['made', 'revoked'])
    await expectRefusal(await confirmAs(bermet, id, made), 409, 'record_changed')
  })

  test('When a life is in danger it comes afterwards, even after the answer', async () => {
    const made = await referralAs(aigul, id, { second: 'after' })
    expect((await markAs(aigul, id, made, ['made', 'sent'])).status).toBe(204)
    expect((await markAs(aigul, id, made, ['sent', 'accepted'])).status).toBe(204)
    expect((await markAs(aigul, id, made, ['accepted', 'revoked'])).status).toBe(204)
    expect((await confirmAs(bermet, id, made)).status).toBe(201)
  })

  test('Of two colleagues who sign at one head, one is stored', async () => {
    const made = await referralAs(aigul, id)
    const third = await person('intake')
    const answers = await Promise.all([confirmAs(bermet, id, made), confirmAs(third, id, made)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await rowsOfWholeChain(id)).toBe(3)
  })
})

describe('a referral of a merged case', () => {
  let second: string
  beforeEach(async () => {
    const envelope = await sealed(work.org, (await reporter()).hashes)
    await submit(envelope)
    second = await idOf(envelope)
    await makeKeyAs(aigul, second)
  })

  test('The surviving case confirms it and marks it, by the same rules', async () => {
    const made = { ...(await referralAs(aigul, id)), caseId: id }
    await mergeAs(aigul, id, second)
    const one = { absorbed: 1 }
    const sent = { ...one, expectedDay: null }
    await expectRefusal(await confirmAs(aigul, second, made, one), 403, 'not_allowed')
    await expectRefusal(
      await markAs(aigul, second, made, ['made', 'sent'], sent),
      403,
      'not_allowed',
    )
    expect((await confirmAs(bermet, second, made, one)).status).toBe(201)
    expect((await markAs(aigul, second, made, ['made', 'sent'], sent)).status).toBe(204)
    await expectRefusal(await markAs(aigul, id, made, ['sent', 'accepted']), 409, 'case_merged')
  })

  test.each([
    ['first', (also: string[]) => also],
    ['last', (also: string[]) => also.toReversed()],
  ])('After three merges acts count along the chain, with the oldest case %s', async (_, order) => {
    const made = { ...(await referralAs(aigul, id)), caseId: id }
    const chain = [id, second]
    for (const step of ['confirm', 'sent', 'accepted'] as const) {
      const [into, from] = [chain.at(-1)!, chain.at(-2)!]
      await mergeAs(aigul, from, into, { also: order(chain.slice(0, -2)) })
      const read = { absorbed: chain.length - 1 }
      const sent = { ...read, expectedDay: null }
      const answer =
        step === 'confirm'
          ? await confirmAs(bermet, into, made, read)
          : step === 'sent'
            ? await markAs(aigul, into, made, ['made', 'sent'], sent)
            : await markAs(aigul, into, made, ['sent', 'accepted'], read)
      expect([step, answer.status]).toEqual([step, step === 'confirm' ? 201 : 204])
      const envelope = await sealed(work.org, (await reporter()).hashes)
      await submit(envelope)
      chain.push(await idOf(envelope))
      await makeKeyAs(aigul, chain.at(-1)!)
    }
  })

  test('A case that absorbed nothing knows no referral of another case', async () => {
    const made = { ...(await referralAs(aigul, id)), caseId: id }
    await expectRefusal(await confirmAs(bermet, second, made), 404, 'not_found')
  })

  test('The rows that the edge reads do not grow with other cases', async () => {
    await referralAs(aigul, id)
    const read = async (): Promise<number> => {
      const { db: counted, tally } = countingDb(deps.db.$client)
      const { openDatabase } = await import('#worker/store/database')
      await listReferralRows(openDatabase(counted), fromB64(id))
      return tally.read
    }
    const before = await read()
    for (let more = 0; more < 12; more++) {
      const envelope = await sealed(work.org, (await reporter()).hashes)
      await submit(envelope)
      const other = await idOf(envelope)
      await makeKeyAs(aigul, other)
      await referralAs(aigul, other)
    }
    // Reading an index stops at the first row of another case.
    expect(await read()).toBeLessThanOrEqual(before + 1)
    for (let more = 0; more < 5; more++) await addEntryAs(aigul, id)
    expect(await read()).toBeLessThanOrEqual(before + 10)
  })
})

describe('the file that left', () => {
  test('It is stored under its hash, and readers of the case get the same bytes', async () => {
    const bytes = randomBytes(16_412)
    const hash = await fileAs(aigul, id, bytes)
    const answer = await getAs(bermet, `reports/${id}/referral-files/${hash}`)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes)
  })

  test('Other bytes, another length and a merged case are refused', async () => {
    const put = async (bytes: Uint8Array<ArrayBuffer>, hash?: string) => {
      const named = hash ?? toB64(await sha256(bytes))
      return asStaff(`reports/${id}/referral-files/${named}`, 'PUT', bytes, aigul.cookie)
    }
    await expectRefusal(await put(randomBytes(16_412), noise(32)), 403, 'signature_refused')
    await expectRefusal(await put(randomBytes(16_411)), 400, 'malformed')
    const envelope = await sealed(work.org, (await reporter()).hashes)
    await submit(envelope)
    await mergeAs(aigul, id, await idOf(envelope))
    await expectRefusal(await put(randomBytes(16_412)), 409, 'case_merged')
  })

  test('A caseworker without the case gets nothing', async () => {
    const daria = await person('caseworker')
    const hash = await fileAs(aigul, id)
    const path = `reports/${id}/referral-files/${hash}`
    await expectRefusal(await getAs(daria, path), 404, 'not_found')
    await giveTo(aigul, id, daria)
    expect((await getAs(daria, path)).status).toBe(200)
  })

  test('It goes with the secret of a case that ended', async () => {
    await referralAs(aigul, id)
    await deps.bucket.put(`secrets/${id}`, randomBytes(32))
    await db.prepare('DELETE FROM case_keys').run()
    await dropEndedSecrets(deps.db, deps.bucket)
    expect((await deps.bucket.list({ prefix: 'referrals/' })).objects).toEqual([])
    expect((await deps.bucket.list({ prefix: 'secrets/' })).objects).toEqual([])
  })
})

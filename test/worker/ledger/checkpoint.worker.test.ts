// Tests how the edge stores and shows checkpoints, and who may restart the ledger.
import { beforeEach, describe, expect, test } from 'vitest'
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import {
  checkpointDigest,
  leafInBucket,
  INDEX_BYTES,
  leavesOf,
  writeCheckpoint,
  writeUpload,
} from '#protocol/staff/ledger/checkpoint'
import {
  HEAD_BYTES,
  LEAF_BYTES,
  splitHeads,
  readLeaves,
  writeLeaves,
} from '#protocol/staff/ledger/checkpoint-leaves'
import { DAY_MS } from '#protocol/limits'
import { CaseLogPage, LOGS_AT_ONCE } from '#protocol/staff/case-log/logs'
import { chainHead } from '#worker/store/ledger/chain-rows'
import { deleteOldCheckpoints } from '#worker/store/ledger/checkpoints'
import { dayNumber } from '#protocol/time'
import { rowsOfWholeChain } from '../support/chains.ts'
import { changeAs, freshCasework, openedBy, take, type Casework } from '../support/casework.ts'
import { db, deps, expectRefusal, rowsIn } from '../support/edge.ts'
import { keysIn } from '../support/failing.ts'
import { asStaff, getAs, noise, person, RESTART, signed, type Person } from '../support/staff.ts'

let casework: Casework
let staff: Person
beforeEach(async () => {
  casework = await freshCasework()
  ;({ staff } = casework)
  expect((await changeAs(staff, 'status.set', casework.id, take)).status).toBe(204)
})

const bytesOf = async (answer: Response): Promise<Bytes> => {
  expect(answer.status).toBe(200)
  return new Uint8Array(await answer.arrayBuffer())
}
const heads = async (after = ''): Promise<Bytes> =>
  bytesOf(await getAs(staff, `case-heads?after=${after}`))

/** The leaves of all heads, with facts that the test never reads. */
const leaves = async (): Promise<Bytes> =>
  writeLeaves(splitHeads(await heads()).map((head) => ({ ...head, facts: randomBytes(32) })))

/** Signs a checkpoint over leaves, as a browser does. */
const uploadOf = async (joined: Bytes, cases = joined.length / LEAF_BYTES): Promise<Bytes> => {
  const stored = await writeCheckpoint(joined)
  const digest = toB64(await checkpointDigest(stored))
  return writeUpload(await signed(staff, 'checkpoint.sign', staff.id, { cases, digest }), stored)
}
const post = (body: Bytes): Promise<Response> => asStaff('checkpoints', 'POST', body, staff.cookie)

/** Writes heads of made-up cases. */
async function addHeads(ids: Bytes[]): Promise<void> {
  const insert = db.prepare('INSERT INTO case_heads VALUES (?, 1, ?, 1)')
  await db.batch(ids.map((id) => insert.bind(id, randomBytes(32))))
}

describe('the heads of case logs', () => {
  test('The head of a case follows its log', async () => {
    const [first] = splitHeads(await heads())
    expect(first).toMatchObject({ caseId: fromB64(casework.id), n: 1 })
    await changeAs(staff, 'status.set', casework.id, {
      from: 'in_progress',
      to: 'closed',
      followUps: 0,
      reason: 'helped',
    })
    const [second, ...more] = splitHeads(await heads())
    expect(more).toEqual([])
    expect(second).toEqual({
      caseId: fromB64(casework.id),
      n: 2,
      hash: await chainHead(deps.db, fromB64(casework.id)),
    })
  })

  test('Heads come in pages of 1,000, in the order of case ids', async () => {
    for (let n = 0; n < 11; n++) await addHeads(Array.from({ length: 100 }, () => randomBytes(16)))
    const page = await heads()
    expect(page).toHaveLength(1000 * HEAD_BYTES)
    const last = splitHeads(page).at(-1)?.caseId
    const next = await heads(toB64(last ?? new Uint8Array()))
    expect(next).toHaveLength(101 * HEAD_BYTES)
    const both = new Uint8Array([...page, ...next])
    expect(splitHeads(both)).toHaveLength(1101)
    await expectRefusal(await getAs(staff, 'case-heads?after=%21'), 400, 'malformed')
  })
})

describe('the logs of cases', () => {
  const logsOf = async (...ids: string[]) =>
    CaseLogPage.parse(await (await getAs(staff, `case-logs?ids=${ids.join(',')}`)).json())

  test('Logs come whole, and a case without a log is left out', async () => {
    const { log } = await openedBy(staff, casework.id)
    const page = await logsOf(casework.id, noise(16))
    expect(page).toEqual({ logs: [{ case: casework.id, rows: log }], left: [] })
  })

  test('A full page names the cases that are left, and has at least one', async () => {
    const startingWith = (first: number): Bytes =>
      Uint8Array.from(randomBytes(16), (byte, at) => (at === 0 ? first : byte))
    const [long, other] = [startingWith(1), startingWith(2)]
    for (const id of [long, other])
      await db
        .prepare('INSERT INTO case_heads VALUES (?, ?, ?, 1)')
        .bind(id, 900, randomBytes(32))
        .run()
    const ids = [long, other].map(toB64)
    const { logs, left } = await logsOf(...ids)
    expect([logs.map((log) => log.case), left]).toEqual([ids.slice(0, 1), ids.slice(1)])
  })

  test('More cases than a request takes, and an id that is none, are refused', async () => {
    const many = Array.from({ length: LOGS_AT_ONCE + 1 }, () => noise(16)).join(',')
    for (const cases of [many, '!'])
      await expectRefusal(await getAs(staff, `case-logs?ids=${cases}`), 400, 'malformed')
  })
})

describe('a checkpoint', () => {
  test('A checkpoint is one row, and its leaves are served whole and by bucket', async () => {
    await addHeads(Array.from({ length: 90 }, () => randomBytes(16)))
    const joined = await leaves()
    const stored = await writeCheckpoint(joined)
    const digest = await checkpointDigest(stored)
    expect((await post(await uploadOf(joined))).status).toBe(201)
    const rows = await rowsIn('ledger')
    expect(await rowsOfWholeChain()).toBe(rows)
    expect(await keysIn('checkpoints/')).toEqual([
      `checkpoints/${toB64(await chainHead(deps.db, null))}`,
    ])
    expect(leavesOf(await bytesOf(await getAs(staff, `checkpoints/${rows}`)))).toEqual(joined)
    for (const leaf of readLeaves(joined)) {
      const path = `checkpoints/${rows}/${leaf.caseId[0]}`
      const sent = await bytesOf(await getAs(staff, path))
      expect(await leafInBucket(sent, leaf.caseId, digest)).toEqual(leaf)
    }
  })

  test('A bucket without a case proves that the checkpoint has no such case', async () => {
    const stored = await writeCheckpoint(await leaves())
    await post(await uploadOf(leavesOf(stored)))
    const stranger = Uint8Array.from(fromB64(casework.id), (byte) => byte ^ 0x80)
    const path = `checkpoints/${await rowsIn('ledger')}/${stranger[0]}`
    const sent = await bytesOf(await getAs(staff, path))
    expect(await leafInBucket(sent, stranger, await checkpointDigest(stored))).toBeNull()
  })

  test('R25: Of two checkpoints at once one is stored, one gets chain_moved', async () => {
    const joined = await leaves()
    const uploads = await Promise.all([uploadOf(joined), uploadOf(joined)])
    const before = await rowsIn('ledger')
    const answers = await Promise.all(uploads.map(post))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await rowsIn('ledger')).toBe(before + 1)
    expect((await getAs(staff, `checkpoints/${before + 1}`)).status).toBe(200)
    // The first signer's browser may resend the checkpoint, because it received no response.
    for (const upload of uploads) await expectRefusal(await post(upload), 409, 'chain_moved')
    expect((await getAs(staff, `checkpoints/${before + 1}`)).status).toBe(200)
  })

  test('A checkpoint of another size is refused and stores nothing', async () => {
    const joined = await leaves()
    const before = await rowsIn('ledger')
    await expectRefusal(await post(await uploadOf(joined, 2)), 400, 'malformed')
    const long = await uploadOf(joined)
    await expectRefusal(await post(new Uint8Array([...long, 0])), 400, 'malformed')
    await expectRefusal(await post(randomBytes(4)), 400, 'malformed')
    await expectRefusal(await post(randomBytes(INDEX_BYTES + 9)), 400, 'malformed')
    expect([await rowsIn('ledger'), await keysIn('checkpoints/')]).toEqual([before, []])
  })

  test('A checkpoint stays longer than Time Travel reaches back, and is deleted then', async () => {
    await post(await uploadOf(await leaves()))
    const older = await keysIn('checkpoints/')
    await post(await uploadOf(await leaves()))
    const stored = await keysIn('checkpoints/')
    expect(stored).toHaveLength(2)
    await deleteOldCheckpoints(deps, Date.now() + 31 * DAY_MS)
    expect(await keysIn('checkpoints/')).toEqual(stored)
    await deleteOldCheckpoints(deps, Date.now() + 41 * DAY_MS)
    const newer = stored.filter((key) => !older.includes(key))
    expect(await keysIn('checkpoints/'), 'the one that a restored ledger needs').toEqual(newer)
  })

  test('The leaves of a refused row do not displace those that the ledger names', async () => {
    const joined = await leaves()
    await post(await uploadOf(joined))
    const first = await keysIn('checkpoints/')
    const late = await uploadOf(joined)
    await post(await uploadOf(joined))
    const named = await keysIn('checkpoints/')
    await expectRefusal(await post(late), 409, 'chain_moved')
    const all = await keysIn('checkpoints/')
    expect([first.length, named.length, all.length]).toEqual([1, 2, 3])
    await deleteOldCheckpoints(deps, Date.now() + 41 * DAY_MS)
    expect(await keysIn('checkpoints/')).toEqual(all.filter((key) => !first.includes(key)))
  })

  test('A row without a checkpoint, and a bucket that cannot be, are refused', async () => {
    await expectRefusal(await getAs(staff, 'checkpoints/1'), 404, 'not_found')
    await expectRefusal(await getAs(staff, 'checkpoints/99/0'), 404, 'not_found')
    await expectRefusal(await getAs(staff, 'checkpoints/1/256'), 400, 'malformed')
    await expectRefusal(await getAs(staff, 'checkpoints/x/0'), 400, 'malformed')
  })
})

describe('a restart of the ledger', () => {
  const restart = async (): Promise<Response> => {
    const body = await signed(staff, 'ledger.restart', staff.id, RESTART)
    return asStaff('ledger/restart', 'POST', body, staff.cookie)
  }
  /** Makes a person a keeper until a given day, in days since 1970. */
  const certify = ({ id }: Person, lastDay: number) =>
    db
      .prepare('UPDATE people SET keeper_last_day = ? WHERE id = ?')
      .bind(lastDay, fromB64(id))
      .run()
  const today = dayNumber(Date.now())

  test('A keeper restarts the ledger, and the restart is one row', async () => {
    await certify(staff, today + 2)
    const before = await rowsIn('ledger')
    expect((await restart()).status).toBe(204)
    expect(await rowsIn('ledger')).toBe(before + 1)
  })

  test('A reader who is not a keeper cannot restart the ledger for all browsers', async () => {
    await certify(await person('intake'), today + 2)
    const before = await rowsIn('ledger')
    await expectRefusal(await restart(), 403, 'not_allowed')
    expect(await rowsIn('ledger')).toBe(before)
  })

  test('A keeper whose certificate has ended cannot restart', async () => {
    await certify(staff, today - 1)
    await expectRefusal(await restart(), 403, 'not_allowed')
  })
})

// Tests which log a browser accepts for an action, including when two browsers have different
// ledgers.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { toB64, randomBytes } from '#protocol/bytes'
import { type Statement } from '#protocol/staff/statement'
import { requireLog } from '#site/staff/case/read/require-log.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { verifyLedger } from '#site/staff/ledger/verify-ledger.ts'
import { CaseWriter, rosterOf } from '#test/protocol/support/case-log.ts'
import { LedgerWriter, writer, type Writer } from '#test/protocol/support/ledger.ts'
import { memoryStorage } from '../support/memory-storage.ts'

// root ──▶ certifies Aigul, Bermet and a leaver ──Aigul──▶ the leaver is removed
//                                               └─ branch: Bermet invites somebody
let base: LedgerWriter, left: LedgerWriter, branch: LedgerWriter
let aigul: Writer, bermet: Writer, leaver: Writer
beforeAll(async () => {
  ;[aigul, bermet, leaver] = await Promise.all([writer(), writer(), writer()])
  base = await LedgerWriter.begin()
  for (const each of [aigul, bermet, leaver]) await base.certify(each, 'admin', 'intake')
  ;[left, branch] = [base.copy(), base.copy()]
  await left.add(aigul, 'person.remove', leaver.id, leaver.keys)
  await branch.invite(bermet, 'intake')
})
beforeEach(() => {
  forgetSeen()
  vi.stubGlobal('localStorage', memoryStorage())
})
afterEach(() => vi.unstubAllGlobals())

const TAKEN = { from: 'new', to: 'in_progress', followUps: 0 }
const GIVEN_BACK = { from: 'in_progress', to: 'new', followUps: 0 }

/** A log with one row, which `by` signs after seeing a given ledger. */
async function logBy(by: Writer, line: LedgerWriter): Promise<CaseWriter> {
  const log = new CaseWriter(line)
  await log.add(by, 'status.set', TAKEN)
  return log
}

/** Reads a log in the browser of a person to whom the server shows a given ledger. */
const readBy = async (who: Writer, shown: LedgerWriter, log: CaseWriter) =>
  requireLog(
    { keys: { personId: who.id }, roster: await rosterOf(shown) },
    { item: { id: log.caseId }, log: log.rows },
  )
const verdictOn = async ({ rows, rootKey }: LedgerWriter) =>
  (await verifyLedger(() => Promise.resolve(rows), rootKey)).is

describe('R49: two browsers on two branches', () => {
  test('Both say fork at the first row of the other, and seal to nobody from then on', async () => {
    for (const [who, own, by, other] of [
      [bermet, branch, aigul, left],
      [aigul, left, bermet, branch],
    ] as const) {
      vi.stubGlobal('localStorage', memoryStorage())
      expect(await verdictOn(own)).toBe('whole')
      const refused = readBy(who, own, await logBy(by, other))
      await expect(refused).rejects.toMatchObject({ code: 'ledger_fork' })
      // Without a valid ledger, no person is confirmed, and no team key is opened or sealed.
      expect(await verdictOn(own)).toBe('fork')
    }
  })

  test('A browser that is only behind is told so, and fetches the ledger', async () => {
    expect(await verdictOn(base)).toBe('whole')
    const log = await logBy(aigul, left)
    await expect(readBy(bermet, base, log)).rejects.toMatchObject({ code: 'ledger_behind' })
    // The missing rows contain a removal, so nothing is sealed to people.
    expect(await verdictOn(base)).toBe('older')
    expect(await verdictOn(left)).toBe('whole')
    expect(await verdictOn(branch)).not.toBe('fork')
    expect((await readBy(bermet, left, log)).rows).toBe(1)
  })
})

describe('R36: a log that has lost rows', () => {
  test('Nobody acts by a log without a row that this tab has seen', async () => {
    const log = await logBy(aigul, left)
    const shorter = log.copy()
    await log.add(bermet, 'status.set', GIVEN_BACK)
    expect((await readBy(bermet, left, log)).rows).toBe(2)
    await expect(readBy(bermet, left, shorter)).rejects.toMatchObject({ code: 'log_older' })
    const fork = shorter.copy()
    await fork.add(aigul, 'status.set', GIVEN_BACK)
    await expect(readBy(bermet, left, fork)).rejects.toMatchObject({ code: 'log_older' })
    expect((await readBy(bermet, left, log)).rows).toBe(2)
  })

  test('Nobody acts by a log that a rule breaks, or that a newer version wrote', async () => {
    const broken = await logBy(aigul, left)
    await broken.add(aigul, 'status.set', TAKEN)
    await expect(readBy(bermet, left, broken)).rejects.toMatchObject({ code: 'ledger_broken' })
    const newer = await logBy(aigul, left)
    const said = { v: 3, action: 'letter.cut' } as unknown as Partial<Statement>
    await newer.add(aigul, 'status.set', { cut: toB64(randomBytes(16)) }, said)
    await expect(readBy(bermet, left, newer)).rejects.toMatchObject({ code: 'made_newer' })
  })
})

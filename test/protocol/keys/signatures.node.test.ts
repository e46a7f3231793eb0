import { expect, test } from 'vitest'
import { concat, randomBytes, utf8, type Bytes } from '#protocol/bytes'
import { hasLowS, isSignedBy, signBytes } from '#protocol/keys/signatures'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import { mirrored, mirroredRow } from '../support/mirror-signature.ts'
import { LedgerWriter, writer } from '../support/ledger.ts'
import { CaseWriter, rosterOf } from '../support/case-log.ts'
import { signingPair } from '../support/organisation.ts'

const MESSAGE = utf8('oasis/v1/test')

/** Returns a 64-byte signature r ‖ s with this s. */
const withS = (s: string): Bytes => concat(randomBytes(32), Buffer.from(s.padStart(64, '0'), 'hex'))

test('Half of the order is the largest s that counts', () => {
  const half = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8'
  expect(hasLowS(withS(half))).toBe(true)
  expect(hasLowS(withS('1'))).toBe(true)
  expect(hasLowS(withS(half.replace(/8$/, '9')))).toBe(false)
  expect(hasLowS(withS('f'.repeat(64)))).toBe(false)
})

test('Every signature has the lower s, and its other form verifies nowhere', async () => {
  const { privateKey, publicKey } = await signingPair()
  for (let round = 0; round < 100; round++) {
    const signature = await signBytes(privateKey, MESSAGE)
    expect(hasLowS(signature)).toBe(true)
    expect(await isSignedBy(publicKey, signature, MESSAGE)).toBe(true)
    expect(await isSignedBy(publicKey, mirrored(signature), MESSAGE)).toBe(false)
  }
})

test('R25, R33: The newest row of a chain has one form, and so one hash', async () => {
  const aigul = await writer()
  const ledger = await LedgerWriter.begin()
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.invite(aigul, 'intake')
  for (const [at, row] of ledger.rows.entries()) {
    const rows = [...ledger.rows.slice(0, at), mirroredRow(row)]
    expect(await replayLedger(rows, ledger.rootKey)).toMatchObject({ isWhole: false, at: at + 1 })
  }
  const roster = await rosterOf(ledger)
  const log = new CaseWriter(ledger)
  await log.add(aigul, 'status.set', { from: 'new', to: 'in_progress', followUps: 0 })
  const place = { caseId: log.caseId, roster }
  expect(await replayCaseLog(log.rows, place)).toMatchObject({ fault: null })
  const mirroredRows = log.rows.map(mirroredRow)
  expect(await replayCaseLog(mirroredRows, place)).toMatchObject({ fault: 'broken', at: 1 })
})

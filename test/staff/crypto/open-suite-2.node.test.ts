import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Bytes } from '#protocol/bytes'
import { sealEnvelope, type SealEnvelope } from '#protocol/report/seal-envelope'
import { openReport } from '#site/staff/crypto/open-report.ts'
import { unlockedBy, unlockKeys } from '#site/staff/crypto/unlock.ts'
import { sealsBySuite2, staffed, tell, type Staffed } from '../support/people.ts'
import { removeXWing } from '../support/x-wing.ts'

let staff: Staffed
let sealBySuite2: SealEnvelope
beforeAll(async () => {
  staff = await staffed()
  sealBySuite2 = sealsBySuite2(staff)
})
afterEach(() => {
  vi.restoreAllMocks()
})

const open = (envelope: Bytes, intake = staff.keys.intake) => openReport(intake, envelope)

test('Staff read a report of suite 2, and its words and its header name the suite', async () => {
  const { envelope } = await tell(staff, { text: 'Жардам керек' }, {}, sealBySuite2)
  const { report, header, isSuiteTrue, json } = await open(envelope)
  expect(report.text).toBe('Жардам керек')
  expect([header.suite, isSuiteTrue]).toEqual([2, true])
  expect(json).toMatch(/^{"suite":2,/)
})

test('A browser without X-Wing opens a report of suite 2 by the library', async () => {
  const { envelope } = await tell(staff, { text: 'Жардам керек' }, {}, sealBySuite2)
  removeXWing()
  const opened = await unlockKeys(staff.me, staff.master.slice())
  const { intake } = await unlockedBy(opened, staff.roster)
  expect((await open(envelope, intake)).report.text).toBe('Жардам керек')
})

test('A report whose suite a carrier changed does not open', async () => {
  for (const [seal, suite] of [
    [sealBySuite2, 1],
    [sealEnvelope, 2],
  ] as const) {
    const { envelope } = await tell(staff, { text: 'сөз' }, {}, seal)
    envelope[3] = suite
    await expect(open(envelope)).rejects.toMatchObject({ code: 'cannot_open' })
  }
})

test('A report of suite 2 with one changed byte is refused with cannot_open', async () => {
  const { envelope } = await tell(staff, { text: 'сөз' }, {}, sealBySuite2)
  for (let at = 0; at < envelope.length; at += 61) {
    const changed = envelope.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    await expect(open(changed)).rejects.toMatchObject({ code: 'cannot_open' })
  }
})

test('Words that name another suite than the header are noticed', async () => {
  const { envelope } = await tell(staff, { text: 'сөз', suite: 2 })
  const { header, isSuiteTrue } = await open(envelope)
  expect([header.suite, isSuiteTrue]).toEqual([1, false])
})

test('Keys of another organisation do not open a report of suite 2', async () => {
  const { envelope } = await tell(staff, { text: 'сөз' }, {}, sealBySuite2)
  const stranger = await staffed()
  await expect(open(envelope, stranger.keys.intake)).rejects.toMatchObject({ code: 'cannot_open' })
})

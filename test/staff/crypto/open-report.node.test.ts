import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { randomBytes, type Bytes } from '#protocol/bytes'
import { openReport } from '#site/staff/crypto/open-report.ts'
import { staffed, tell, type Staffed } from '../support/people.ts'

let staff: Staffed
beforeAll(async () => {
  staff = await staffed()
})

const open = (envelope: Bytes, intake = staff.keys.intake) => openReport(intake, envelope)

describe('opening a report', () => {
  test('Staff read exactly the words that the page sealed', async () => {
    const contact = { how: 'ушул номер', avoid: 'чалбаңыз' }
    const reported = await tell(
      staff,
      { text: 'Жардам керек\nтез', place: 'Ош', contact },
      { kind: 2 },
    )
    const { report, header } = await open(reported.envelope)
    expect(report).toMatchObject({ text: 'Жардам керек\nтез', place: 'Ош', contact, lang: 'ky' })
    expect(header.kind).toBe(2)
  })

  test('A report of 12,000 characters opens whole', async () => {
    const text = 'q'.repeat(12_000)
    expect((await open((await tell(staff, { text })).envelope)).report.text).toBe(text)
  })

  test('A report with one changed bit is refused with cannot_open', async () => {
    const { envelope } = await tell(staff, { text: 'сөз' })
    await fc.assert(
      fc.asyncProperty(fc.nat(envelope.length - 1), fc.nat(7), async (at, bit) => {
        const changed = envelope.slice()
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        await expect(open(changed)).rejects.toMatchObject({ code: 'cannot_open' })
      }),
      { numRuns: 300 },
    )
  })

  test('A foreign key, a missing key and noise are refused with the same cannot_open', async () => {
    const { envelope } = await tell(staff, { text: 'сөз' })
    const stranger = await staffed()
    for (const opening of [
      () => open(envelope, stranger.keys.intake),
      () => open(envelope, new Map()),
      () => open(randomBytes(4096)),
      () => open(envelope.slice(1)),
      () => openReport(staff.keys.intake, new Uint8Array(0)),
    ])
      await expect(opening()).rejects.toMatchObject({ code: 'cannot_open' })
  })

  test('A time that is not a minute of a real day counts as absent', async () => {
    for (const at of [
      '+275760-09-13T00:00:00.000Z',
      '2026-02-30T10:00Z',
      '2026-11-24T24:00Z',
      '2026-11-24T21:05:00Z',
      '2026-11-24',
      '<b>',
    ])
      expect((await open((await tell(staff, { text: 'сөз', at })).envelope)).report.at).toBe('')
    const at = '2026-11-24T21:05Z'
    expect((await open((await tell(staff, { text: 'сөз', at })).envelope)).report.at).toBe(at)
  })

  test('A return key that cannot seal a reply counts as absent', async () => {
    for (const down of ['!!', 'AAAA', ''])
      expect(
        (await open((await tell(staff, { text: 'сөз', down })).envelope)).report,
      ).not.toHaveProperty('down')
  })

  test('Sealed JSON of another shape is refused with cannot_open', async () => {
    const { envelope } = await tell(staff, { text: 7 as unknown as string })
    await expect(open(envelope)).rejects.toMatchObject({ code: 'cannot_open' })
  })
})

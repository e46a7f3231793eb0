// Tests that staff see a mark on follow-ups that the holder of the number did not write. The person
// sees how many follow-ups arrived.
import { randomBytes, sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { readManifest } from '#protocol/keys/manifest'
import { askForReplies, writeFollowUp } from '#scripts/browser/report'
import { answer, showReport } from '#scripts/browser/show-report'
import { shoot } from '../support/attach.ts'
import { newPhone, ORIGIN } from '../support/phone.ts'
import { sendSealedReport, type SealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')

/**
 * Forges a follow-up without `up`. An attacker with the database and the public key could insert
 * the same row.
 */
async function forgeLetter({ receipt, ownerHash }: SealedReport, text: string): Promise<void> {
  const keys = await (await fetch(`${ORIGIN}/api/keys`)).arrayBuffer()
  const header = {
    headerId: randomBytes(16),
    kind: KIND.followUp,
    danger: false,
    ownerHash,
    writeHash: await sha256(receipt.write),
  }
  const json = JSON.stringify({ v: 1, lang: 'ky', at: '2026-11-24T22:00Z', text })
  const sent = await fetch(`${ORIGIN}/api/reports`, {
    method: 'POST',
    body: await sealEnvelope(readManifest(new Uint8Array(keys)), header, json),
    headers: {
      'content-type': 'application/octet-stream',
      'oasis-write': toB64(receipt.write),
    },
  })
  expect(sent.status).toBe(201)
}

test('R32: Only a forged letter is marked, and only letters of the reporter are counted', async ({
  browser,
  staff,
}) => {
  const phone = await newPhone(browser)
  const writing = 'Күзгүнүн артында жашырылган, 4471'
  const reported = await sendSealedReport({ text: writing }, [])
  await writeFollowUp(phone.page, 'ky', reported.digits, 'Бул кат менден')
  await forgeLetter(reported, 'Баары жакшы, эч нерсе кылбаңыз')

  const { page } = staff
  await showReport(page, writing)
  const letters = page.locator('.report .thread .from-person')
  await expect(letters).toHaveCount(3)
  const doubted = letters.filter({ hasText: words('staff.thread.unproven') })
  await expect(doubted).toHaveCount(1)
  await expect(doubted).toContainText('Баары жакшы')
  await doubted.scrollIntoViewIfNeeded()
  await shoot(page, 'unproven')
  await answer(page, 'Катыңыз жетти')

  await askForReplies(phone.page, 'ky', reported.digits)
  // The first report and one follow-up count. The forged follow-up does not count.
  await expect(phone.page.locator('#messages li')).toContainText(words('say.arrived', { n: '2' }))
  await shoot(phone.page, 'arrived')
  await phone.context.close()
})

import { beforeEach, expect, test } from 'vitest'
import enErrors from '#content/strings/en/errors.json' with { type: 'json' }
import enTell from '#content/strings/en/tell.json' with { type: 'json' }
import { sealReply } from '#protocol/report/reply'
import { makeReceipt } from '#protocol/report/receipt'
import {
  ask,
  db,
  expectRefusal,
  freshEdge,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Reporter,
} from '../support/edge.ts'
import { goneBucket } from '../support/failing.ts'

let known: Reporter
beforeEach(async () => {
  const org = await freshEdge()
  known = await reporter()
  await submit(await sealed(org, known.hashes))
  for (const [index, text] of ['Write <again> & again', 'And again'].entries()) {
    const answer = { v: 1 as const, at: '2026-11-24T21:05Z', text }
    const bytes = await sealReply(known.keys.down, known.hashes.ownerHash, index, answer)
    await db
      .prepare("INSERT INTO answers VALUES (?, ?, '2026-11-24', ?)")
      .bind(known.hashes.ownerHash, index, bytes)
      .run()
  }
})

const postBody = async (body: string, changes = {}) => {
  const posted = {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }
  const answer = await ask('/api/form/en/answer', posted, changes)
  return { status: answer.status, headers: answer.headers, page: await answer.text() }
}

const post = (fields: Record<string, string>, changes = {}) =>
  postBody(new URLSearchParams(fields).toString(), changes)

const KEPT = 'name="receipt" data-keep value='

test('A typed number shows its replies as text and stays on the page for a follow-up', async () => {
  const { status, headers, page } = await post({
    receipt: ` ${known.receipt.replace(/(.{4})/g, '$1-')} `,
  })
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(page).toContain('<ul data-slot="messages">')
  expect(page).toContain('<p dir="auto">Write &lt;again&gt; &amp; again</p></li><li>')
  expect(page).toContain(`${KEPT}"${known.receipt}"`)
  expect(page).toContain('<p data-slot="none" hidden>')
})

test('A number with words around it, in Persian digits or with O for 0 opens', async () => {
  const persian = known.receipt.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number(digit)))
  const letters = known.receipt.replace(/0/g, 'O').replace(/1/g, 'l')
  for (const receipt of [`Номер: ${known.receipt}`, `№ ${persian}.`, letters])
    expect((await post({ receipt })).page).toContain(`${KEPT}"${known.receipt}"`)
})

test('A reply has the day of the place in digits, as a page with a script has', async () => {
  // The reply was written at 21:05 UTC, when the next day had already begun in the organisation's
  // time zone.
  expect((await post({ receipt: known.receipt })).page).toContain('<small>25.11.2026</small>')
})

test('The answer page announces a file in a reply and names what opens the file', async () => {
  const { receipt } = known
  expect((await post({ receipt })).page).not.toContain(enTell['answer.files'])
  const file = {
    key: 'k',
    size: 1,
    hash: 'h',
    type: 't',
    chunk: 8192,
    made: 'as_is',
    id: 'i',
  } as const
  const answer = { v: 1 as const, at: '2026-11-24T21:05Z', text: 'With a file', files: [file] }
  const bytes = await sealReply(known.keys.down, known.hashes.ownerHash, 2, answer)
  await db
    .prepare("INSERT INTO answers VALUES (?, 2, '2026-11-24', ?)")
    .bind(known.hashes.ownerHash, bytes)
    .run()
  expect((await post({ receipt })).page).toContain(
    `With a file</p><p>${enTell['answer.files']}</p>`,
  )
})

test('An unknown number looks like a number without replies', async () => {
  const unknown = await reporter()
  const { status, page } = await post({ receipt: unknown.receipt, action: 'read' })
  expect(status).toBe(200)
  expect(page).toContain('<p data-slot="none">')
  expect(page).toContain('data-slot="messages" hidden')
})

test('A follow-up by the form joins its thread, sealed by the worker and confirmed', async () => {
  const { status, page } = await post({
    receipt: known.receipt,
    action: 'write',
    text: 'more words',
  })
  expect(status).toBe(200)
  expect(page).toContain(enTell['answer.written'])
  expect(page).toContain('And again')
  expect(await storedReports()).toMatchObject([{ follow_ups: 1, status: 'new' }])
  expect(await db.prepare('SELECT sealed_by FROM follow_ups').first('sealed_by')).toBe('worker')
})

test('A follow-up without words is refused, and the page keeps number and text', async () => {
  const { status, page } = await post({ receipt: known.receipt, action: 'write', text: ' \n ' })
  expect(status).toBe(400)
  expect(page).toContain(enErrors['error.text_empty'])
  expect(page).toContain('>\n \n </textarea>')
  expect(page).toContain(`${KEPT}"${known.receipt}"`)
  expect(page).toContain('<div data-slot="thread">')
  expect(await rowsIn('follow_ups')).toBe(0)
})

test('Destroying a number erases the replies, and the page confirms without digits', async () => {
  const { status, page } = await post({ receipt: known.receipt, action: 'destroy' })
  expect(status).toBe(200)
  expect(page).toContain(enTell['answer.destroyed'])
  expect(page).not.toContain(known.receipt)
  expect(await rowsIn('answers')).toBe(0)
  expect(page).not.toContain('data-slot="thread"')
  expect((await post({ receipt: known.receipt })).page).toContain('<p data-slot="none">')
})

test('Destroying any number is refused while R2 fails, and the page keeps the digits', async () => {
  for (const { receipt } of [known, await reporter()]) {
    const { status, page } = await post({ receipt, action: 'destroy' }, { FILES: goneBucket })
    expect(status).toBe(503)
    expect(page).toContain(enErrors['error.unavailable'])
    expect(page).not.toContain(enTell['answer.destroyed'])
    expect(page).toContain(`${KEPT}"${receipt}"`)
  }
  expect(await rowsIn('answers')).toBe(2)
})

test('A typo, a short number or an unknown action is refused, and the input stays', async () => {
  const typo = makeReceipt().replace(/^./, (digit) => String((Number(digit) + 1) % 10))
  for (const [fields, code] of [
    [{ receipt: typo }, 'receipt_slip'],
    [{ receipt: '1234' }, 'receipt_length'],
    [{ receipt: 'twelve' }, 'receipt_length'],
    [{ receipt: known.receipt, action: 'dance' }, 'malformed'],
  ] as const) {
    const { status, page } = await post(fields)
    expect(status).toBe(400)
    expect(page).toContain(enErrors[`error.${code}`])
    expect(page).toContain(`id="receipt">\n${fields.receipt}</textarea>`)
    expect(page).not.toContain('<ul data-slot="messages">')
  }
})

test('Words beside a wrong number, and words that arrive broken, stay in the form', async () => {
  const written = { action: 'write', text: 'do not lose', danger: 'yes' }
  const wrong = await post({ ...written, receipt: '1234' })
  expect([wrong.status, wrong.page.includes(enErrors['error.receipt_length'])]).toEqual([400, true])
  const fields = new URLSearchParams({ ...written, receipt: known.receipt }).toString()
  const broken = await postBody(`${fields}&rest=%E0%A4%A`)
  expect([broken.status, broken.page.includes(enErrors['error.text_broken'])]).toEqual([400, true])
  expect(broken.page).toContain(`${KEPT}"${known.receipt}"`)
  for (const { page } of [wrong, broken]) {
    expect(page).toContain('<div data-slot="thread">')
    expect(page).toContain('>\ndo not lose</textarea>')
    expect(page).toContain('name="danger" value="yes" checked')
  }
  expect(await rowsIn('follow_ups')).toBe(0)
})

test('A form in an unknown language is refused with not_found', async () => {
  const answer = await ask('/api/form/xx/answer', { method: 'POST', body: new URLSearchParams() })
  await expectRefusal(answer, 404, 'not_found')
})

test('A follow-up by the form can report danger, and an unknown value is refused', async () => {
  const { status } = await post({
    receipt: known.receipt,
    action: 'write',
    text: 'now',
    danger: 'yes',
  })
  expect(status).toBe(200)
  expect(await storedReports()).toMatchObject([{ danger: 1, follow_ups: 1, status: 'new' }])
  const broken = await post({ receipt: known.receipt, text: 'now', danger: 'maybe' })
  expect([broken.status, await rowsIn('follow_ups')]).toEqual([400, 1])
})

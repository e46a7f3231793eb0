import { beforeEach, expect, test } from 'vitest'
import enErrors from '#content/strings/en/errors.json' with { type: 'json' }
import enTell from '#content/strings/en/tell.json' with { type: 'json' }
import { sealAnswer } from '#protocol/answer'
import { makeReceipt } from '#protocol/receipt'
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
} from './edge.ts'

let known: Reporter
beforeEach(async () => {
  const org = await freshEdge()
  known = await reporter()
  await submit(await sealed(org, known.hashes))
  for (const [slot, text] of ['Write <again> & again', 'And again'].entries()) {
    const answer = { v: 1 as const, at: '2026-11-24T21:05Z', text }
    const bytes = await sealAnswer(known.keys.down, known.hashes.lookupHash, slot, answer)
    await db
      .prepare("INSERT INTO answers VALUES (?, ?, '2026-11-24', ?)")
      .bind(known.hashes.lookupHash, slot, bytes)
      .run()
  }
})

const post = async (fields: Record<string, string>) => {
  const answer = await ask('/api/form/en/answer', {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  return { status: answer.status, headers: answer.headers, page: await answer.text() }
}

const KEPT = 'name="receipt" data-keep value='

test('a typed number shows its answers as text, and is kept on the page for writing again', async () => {
  const { status, headers, page } = await post({
    receipt: ` ${known.receipt.replace(/(.{4})/g, '$1-')} `,
  })
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(page).toContain('<ul data-slot="messages">')
  expect(page).toContain('<p dir="auto">Write &lt;again&gt; &amp; again</p></li><li>')
  expect(page).toContain(`${KEPT}"${known.receipt}"`)
  expect(page).toContain('<p data-slot="none" hidden>')
})

test('an answer with a file says that one is there, and what it takes to open it', async () => {
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
  const bytes = await sealAnswer(known.keys.down, known.hashes.lookupHash, 2, answer)
  await db
    .prepare("INSERT INTO answers VALUES (?, 2, '2026-11-24', ?)")
    .bind(known.hashes.lookupHash, bytes)
    .run()
  expect((await post({ receipt })).page).toContain(
    `With a file</p><p>${enTell['answer.files']}</p>`,
  )
})

test('an unknown number looks like one without answers yet', async () => {
  const unknown = await reporter()
  const { status, page } = await post({ receipt: unknown.receipt, action: 'read' })
  expect(status).toBe(200)
  expect(page).toContain('<p data-slot="none">')
  expect(page).toContain('data-slot="messages" hidden')
})

test('writing again joins the thread, sealed by the worker, and says so', async () => {
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

test('writing again without words brings back the number, the text and a sentence', async () => {
  const { status, page } = await post({ receipt: known.receipt, action: 'write', text: '?!' })
  expect(status).toBe(400)
  expect(page).toContain(enErrors['error.text_empty'])
  expect(page).toContain('>\n?!</textarea>')
  expect(page).toContain(`${KEPT}"${known.receipt}"`)
  expect(page).toContain('name="action" value="read"')
  expect(await rowsIn('follow_ups')).toBe(0)
})

test('destroying says so, keeps no digits on the page and erases the answers', async () => {
  const { status, page } = await post({ receipt: known.receipt, action: 'destroy' })
  expect(status).toBe(200)
  expect(page).toContain(enTell['answer.destroyed'])
  expect(page).not.toContain(known.receipt)
  expect(await rowsIn('answers')).toBe(0)
  expect((await post({ receipt: known.receipt })).page).toContain('<p data-slot="none">')
})

test('a slip, a short number and an unknown action are told, and what was typed stays', async () => {
  const slip = makeReceipt().replace(/^./, (digit) => String((Number(digit) + 1) % 10))
  for (const [fields, code] of [
    [{ receipt: slip }, 'receipt_slip'],
    [{ receipt: '1234' }, 'receipt_length'],
    [{ receipt: 'twelve' }, 'receipt_length'],
    [{ receipt: known.receipt, action: 'dance' }, 'malformed'],
  ] as const) {
    const { status, page } = await post(fields)
    expect(status).toBe(400)
    expect(page).toContain(enErrors[`error.${code}`])
    expect(page).toContain(`id="receipt">\n${fields.receipt}</textarea>`)
    expect(page).toContain('data-slot="messages" hidden')
  }
})

test('a language that is not there is not found', async () => {
  const answer = await ask('/api/form/xx/answer', { method: 'POST', body: new URLSearchParams() })
  await expectRefusal(answer, 404, 'not_found')
})

test('writing again may say that somebody is in danger', async () => {
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

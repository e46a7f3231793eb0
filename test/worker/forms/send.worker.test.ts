import { beforeEach, expect, test } from 'vitest'
import kyErrors from '#content/strings/ky/errors.json' with { type: 'json' }
import { cutEnvelope } from '#protocol/report/carried-letter'
import type { Bytes } from '#protocol/bytes'
import {
  ask,
  db,
  freshEdge,
  reporter,
  sealed,
  storedReports,
  type Organisation,
} from '../support/edge.ts'

let org: Organisation
let letter: Bytes
beforeEach(async () => {
  org = await freshEdge()
  letter = await sealed(org, (await reporter()).hashes)
})

const post = async (text: string) => {
  const answer = await ask('/api/form/ky/send', {
    method: 'POST',
    body: new URLSearchParams({ text }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  return { status: answer.status, headers: answer.headers, page: await answer.text() }
}

test('A letter that is pasted twice is stored once, as the device sealed the letter', async () => {
  const text = `Салам!\n${(await cutEnvelope(letter, 3300)).join('\nанан\n')}`
  for (let time = 0; time < 2; time++) {
    const { status, headers, page } = await post(text)
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store'])
    expect(page).toContain('<p data-slot="done">')
  }
  const rows = await storedReports()
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ sealed_by: 'device', grade: 0 })
  const kept = await db.prepare('SELECT envelope FROM reports').first<number[]>('envelope')
  expect(Uint8Array.from(kept ?? [])).toEqual(letter)
})

test('A letter without one piece is refused, and the page returns the other pieces', async () => {
  const [first = ''] = await cutEnvelope(letter, 3300)
  const { status, page } = await post(first)
  expect(status).toBe(400)
  expect(page).toContain(kyErrors['error.letter_incomplete'])
  expect(page).toContain(first)
  expect(page).toContain('<p data-slot="done" hidden>')
  expect(await storedReports()).toEqual([])
})

test('A text without a letter is refused and returned, and nothing is stored', async () => {
  const { status, page } = await post('Q/ <b>салам</b>')
  expect(status).toBe(400)
  expect(page).toContain(kyErrors['error.letter_unreadable'])
  expect(page).toContain('&lt;b&gt;салам')
  expect(await storedReports()).toEqual([])
})

test('A letter to unknown keys is refused with 409 and nothing is stored', async () => {
  const stranger = await freshEdge()
  expect(stranger.manifest.epoch).toBe(org.manifest.epoch)
  const { status } = await post((await cutEnvelope(letter, 3300)).join(' '))
  expect(status).toBe(409)
  expect(await storedReports()).toEqual([])
})

const cutNew = async (by = org): Promise<string[]> =>
  cutEnvelope(await sealed(by, (await reporter()).hashes), 3300)

test('Each of five pasted letters is stored or returned, and the page counts them', async () => {
  const cut = [await cutNew(), await cutNew(), await cutNew(), await cutNew(), await cutNew()]
  let text = cut.flat().join('\n')
  for (const [arrived, waiting] of [
    [2, 3],
    [2, 1],
  ] as const) {
    const { status, page } = await post(text)
    expect(status).toBe(201)
    expect(page).toContain('<p data-slot="done" hidden>')
    expect(page).toContain(`<p data-count="arrived">arrived <b>${String(arrived)}</b>`)
    expect(page).toContain(`<p data-count="waiting">waiting <b>${String(waiting)}</b>`)
    expect(page).toContain('<p data-count="refused" hidden>')
    text = /<textarea name="text">([^<]*)/.exec(page)?.[1] ?? ''
  }
  expect((await post(text)).page).toContain('<p data-slot="done">')
  expect(await storedReports()).toHaveLength(5)
})

test('A whole letter is stored, and an incomplete letter in that text is returned', async () => {
  const [piece = ''] = await cutNew()
  const { status, page } = await post([piece, ...(await cutEnvelope(letter, 3300))].join('\n'))
  expect(status).toBe(201)
  expect(page).toContain('<p data-slot="done" hidden>')
  expect(page).toContain('<p data-count="arrived">arrived <b>1</b>')
  expect(page).toContain('<p data-count="incomplete">incomplete <b>1</b>')
  expect(page).toContain(piece)
  expect(page).not.toContain((await cutEnvelope(letter, 3300))[0])
  expect(await storedReports()).toHaveLength(1)
})

test('A refused letter is returned and does not stop the next letter', async () => {
  const strange = await cutNew()
  org = await freshEdge()
  const { status, page } = await post([...strange, ...(await cutNew())].join('\n'))
  expect(status).toBe(201)
  expect(page).toContain('<p data-count="arrived">arrived <b>1</b>')
  expect(page).toContain('<p data-count="refused">refused <b>1</b>')
  expect(page).toContain(strange[0])
  expect(await storedReports()).toHaveLength(1)
})

test('A GET of the letter form redirects to the form’s page', async () => {
  const answer = await ask('/api/form/ky/send')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/ky/send/'])
})

import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { concat, utf8 } from '#protocol/bytes'
import { readReceipt, receiptKeys, ownerHashOf } from '#protocol/report/receipt'
import { bytesFrom } from '#worker/store/database'
import { PAGE_POLICY } from '../support/built-pages.ts'
import { ask, freshEdge, rowsIn, storedReports, type Organisation } from '../support/edge.ts'
import { openedReport } from '../support/opened-report.ts'
import { postForm, WORDS } from '../support/posted-form.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

describe('the form', () => {
  test('R7: A form is sealed on arrival, stored with grade 0, and gets a number', async () => {
    const answer = await postForm({
      door: 'me',
      danger: 'yes',
      text: WORDS,
      place: 'Подольск',
      'contact.how': 'түнкүсүн',
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-security-policy')).toBe(PAGE_POLICY)
    const page = await answer.text()
    const shown = /<b data-slot="receipt">([\d ]+)<\/b>/.exec(page)?.[1] ?? ''
    expect(shown.split(' ').map((group) => group.length)).toEqual([4, 4, 4, 4, 4, 4, 4])
    expect(page).not.toMatch(/nothing here|no number|hidden/)

    expect(await storedReports()).toMatchObject([
      { kind: 2, danger: 1, grade: 0, sealed_by: 'worker', status: 'new' },
    ])
    const typed = readReceipt(shown)
    if (!('receipt' in typed)) throw new Error(typed.code)
    const keys = await receiptKeys(typed.receipt)
    const [report] = await storedReports()
    expect(bytesFrom(report?.owner_hash)).toEqual(await ownerHashOf(keys.lookup))
    expect(await openedReport(org)).toMatchObject({
      v: 1,
      lang: 'ky',
      text: WORDS.replaceAll('\r\n', '\n'),
      place: 'Подольск',
      contact: { how: 'түнкүсүн' },
    })
  })

  test('A form carries how many people and whether somebody is under 18, or neither', async () => {
    const body = new URLSearchParams({ text: 'a word', people: '2-5', under18: 'unknown' })
    expect((await ask('/api/form/ky', { method: 'POST', body })).status).toBe(201)
    expect(await openedReport(org)).toMatchObject({ people: '2-5', under18: 'unknown' })
  })

  test('Skipping both questions leaves no trace in the report', async () => {
    const body = new URLSearchParams({ text: 'a word', people: '', under18: '' })
    expect((await ask('/api/form/ky', { method: 'POST', body })).status).toBe(201)
    const report = await openedReport(org)
    expect(report).not.toHaveProperty('people')
    expect(report).not.toHaveProperty('under18')
  })

  test('A form carries consent, signs, needs and safe contact into the report', async () => {
    const body = new URLSearchParams({
      text: 'a word',
      consent: 'foundation',
      'contact.name': 'Айгүл',
      'contact.word': 'кызыл алма',
      'contact.lang': 'кыргызча',
    })
    for (const sign of ['DebtBondage', 'TakesEarnings']) body.append('signs', sign)
    for (const need of ['talk', 'leave']) body.append('needs', need)
    expect((await ask('/api/form/ky', { method: 'POST', body })).status).toBe(201)
    expect(await openedReport(org)).toMatchObject({
      consent: 'foundation',
      signs: ['TakesEarnings', 'DebtBondage'],
      needs: ['leave', 'talk'],
      contact: { name: 'Айгүл', word: 'кызыл алма', lang: 'кыргызча' },
    })
  })

  test('Choices and text of one field become one line, and empty values are dropped', async () => {
    const body = new URLSearchParams({ text: 'a word', danger: 'unknown', consent: 'helpers' })
    for (const how of ['By phone', '+996 555 000 000']) body.append('contact.how', how)
    for (const when of ['At night', 'In the evening']) body.append('contact.when', when)
    for (const avoid of ['', '']) body.append('contact.avoid', avoid)
    expect((await ask('/api/form/ky', { method: 'POST', body })).status).toBe(201)
    expect(await storedReports()).toMatchObject([{ danger: 0 }])
    const { contact, consent } = await openedReport(org)
    expect(contact).toEqual({ how: 'By phone, +996 555 000 000', when: 'At night, In the evening' })
    expect(consent).toBe('helpers')
  })

  test('The page after a form shows numbers to call only when somebody is in danger', async () => {
    const inDanger = await (await postForm({ text: 'a word', danger: 'yes' })).text()
    expect(inDanger).toContain('call now')
    const calm = await (await postForm({ text: 'a word', danger: 'unknown' })).text()
    expect(calm).not.toContain('call now')
  })

  test('A form with one picture sign, and one with a null character, arrive as typed', async () => {
    for (const text of ['🆘', '!', 'a\0word']) {
      org = await freshEdge()
      expect((await postForm({ text })).status).toBe(201)
      expect((await openedReport(org)).text).toBe(text)
    }
  })

  test('A form without a receipt is stored and shows no number', async () => {
    const page = await (await postForm({ text: 'a word', noReceipt: 'yes' })).text()
    expect(page).toContain('no number')
    expect(page).not.toMatch(/\d{4} \d{4}|nothing here/)
    expect(await rowsIn('reports')).toBe(1)
  })

  test('A multipart form is stored like an urlencoded form', async () => {
    const body = new FormData()
    body.set('text', WORDS)
    body.set('door', 'other')
    expect((await ask('/api/form/ky', { method: 'POST', body })).status).toBe(201)
    expect(await storedReports()).toMatchObject([{ kind: 3, danger: 0 }])
    expect((await openedReport(org)).text).toBe(WORDS.replaceAll('\r\n', '\n'))
  })

  test('R7: The words of a form are sealed before they reach the database', async () => {
    const seen: unknown[] = []
    const spied = new Proxy(env.DB, {
      get: (target, name) => {
        if (name === 'prepare')
          return (query: string) => {
            const statement = target.prepare(query)
            return new Proxy(statement, {
              get: (inner, part: keyof D1PreparedStatement) =>
                part === 'bind'
                  ? (...values: unknown[]) => (seen.push(...values), inner.bind(...values))
                  : inner[part].bind(inner),
            })
          }
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
    expect((await postForm({ text: 'KANARA words' }, 'ky', { DB: spied })).status).toBe(201)
    expect(seen.length).toBeGreaterThan(5)
    const bytes = concat(
      ...seen.map((value) => (value instanceof Uint8Array ? value : utf8(String(value)))),
    )
    const text = new TextDecoder('latin1').decode(bytes)
    expect(text).not.toContain('KANARA')
  })
})

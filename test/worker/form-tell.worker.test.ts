import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import kyErrors from '#content/strings/ky/errors.json' with { type: 'json' }
import kyTell from '#content/strings/ky/tell.json' with { type: 'json' }
import { bytesFrom } from '#worker/store/bytes-column'
import { concat, sha256, toB64, utf8 } from '#protocol/bytes'
import { readReceipt, receiptKeys } from '#protocol/receipt'
import { organisation } from '#test/protocol/organisation.ts'
import { runUpkeep } from '#worker/upkeep/run'
import { builtPages, PAGE_POLICY } from './built-pages.ts'
import {
  ask,
  db,
  deps,
  expectRefusal,
  freshEdge,
  rowsIn,
  storedReports,
  type Organisation,
} from './edge.ts'
import { goneDb, keysIn } from './failing.ts'
import { openedReport } from './opened-report.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

const post = (fields: Record<string, string> | string, lang = 'ky', changes = {}) =>
  ask(
    `/api/form/${lang}`,
    {
      method: 'POST',
      body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    changes,
  )

const WORDS = 'Паспортумду алып коюшту.\r\n«Жумуш» деп алып келишкен & <b>'

describe('the plain form', () => {
  test('R7: is sealed on arrival, stored in lane B as sealed by the worker, and answered with a number shown once', async () => {
    const answer = await post({
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
      { kind: 2, danger: 1, lane: 'B', sealed_by: 'worker', status: 'new' },
    ])
    const typed = readReceipt(shown)
    if (!('receipt' in typed)) throw new Error(typed.code)
    const keys = await receiptKeys(typed.receipt)
    const [report] = await storedReports()
    expect(bytesFrom(report?.lookup_hash)).toEqual(await sha256(keys.lookup))
    expect(await openedReport(org)).toMatchObject({
      v: 1,
      lang: 'ky',
      text: WORDS.replaceAll('\r\n', '\n'),
      place: 'Подольск',
      contact: { how: 'түнкүсүн' },
    })
  })

  test('carries consent, several signs and needs, and each way of safe contact', async () => {
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

  test('without a number shows none', async () => {
    const page = await (await post({ text: 'a word', noReceipt: 'yes' })).text()
    expect(page).toContain('no number')
    expect(page).not.toMatch(/\d{4} \d{4}|nothing here/)
    expect(await rowsIn('reports')).toBe(1)
  })

  test('as multipart is the same', async () => {
    const body = new FormData()
    body.set('text', WORDS)
    body.set('door', 'other')
    expect((await ask('/api/form/ky', { method: 'POST', body })).status).toBe(201)
    expect(await storedReports()).toMatchObject([{ kind: 3, danger: 0 }])
    expect((await openedReport(org)).text).toBe(WORDS.replaceAll('\r\n', '\n'))
  })

  test('R7: is sealed before the first word meets the storage', async () => {
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
    expect((await post({ text: 'KANARA words' }, 'ky', { DB: spied })).status).toBe(201)
    expect(seen.length).toBeGreaterThan(5)
    const bytes = concat(
      ...seen.map((value) => (value instanceof Uint8Array ? value : utf8(String(value)))),
    )
    const text = new TextDecoder('latin1').decode(bytes)
    expect(text).not.toContain('KANARA')
  })
})

describe('a refused plain form comes back with a sentence and all that was written, and nothing is stored:', () => {
  test.each([
    ['no text', 'text_empty', { text: '' }],
    ['pictures only', 'text_empty', { text: '😭😭😭 ' }],
    ['signs only', 'text_empty', { text: '...!?' }],
    ['12,000 letters of two bytes', 'text_too_long', { text: 'ж'.repeat(12_000) }],
    ['a long place', 'field_too_long', { text: 'a word', place: 'x'.repeat(161) }],
    ['an unknown door', 'malformed', { text: 'a word', door: 'window' }],
    ['an unknown danger', 'malformed', { text: 'a word', danger: 'perhaps' }],
    ['an unknown consent', 'malformed', { text: 'a word', consent: 'everybody' }],
    ['an unknown sign', 'malformed', { text: 'a word', signs: 'DebtBondage rain' }],
    ['a NUL', 'text_broken', { text: 'a\0word' }],
  ] as const)('%s: %s', async (_what, code, fields: Record<string, string>) => {
    const answer = await post({ ...fields, 'contact.avoid': 'do not "call" <home>' })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const page = await answer.text()
    expect(page).toContain(kyErrors[`error.${code}`])
    expect(page).toContain(`name="text">\n${fields['text'] ?? ''}</textarea>`)
    expect(page).toContain('value="do not &quot;call&quot; <home>"')
    if (fields['place']) expect(page).toContain(fields['place'])
    expect(await rowsIn('reports')).toBe(0)
  })

  test('broken UTF-8, as %XX, raw or in multipart: text_broken', async () => {
    const broken = new Uint8Array([...utf8('text=word'), 0xd0, 0xff])
    const boundary = new Uint8Array([
      ...utf8('--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nword'),
      ...[0xd0, 0xff],
      ...utf8('\r\n--b--\r\n'),
    ])
    const send = (body: BodyInit, type: string) =>
      ask('/api/form/ky', { method: 'POST', body, headers: { 'content-type': type } })
    for (const answer of [
      await send('text=word%D0%FF&place=here', 'application/x-www-form-urlencoded'),
      await send('text=word%zz', 'application/x-www-form-urlencoded'),
      await send(broken, 'application/x-www-form-urlencoded'),
      await send(boundary, 'multipart/form-data; boundary=b'),
    ]) {
      const page = await answer.text()
      expect(answer.status).toBe(400)
      expect(page).toContain(kyErrors['error.text_broken'])
      expect(page).toContain('>\nword')
    }
    expect(await rowsIn('reports')).toBe(0)
  })

  test('choices and lists are put back too', async () => {
    const page = await (
      await post({
        text: '',
        door: 'other',
        danger: 'no',
        'contact.when': 'evening',
        signs: 'DebtBondage PhysicalAbuse',
        noReceipt: 'yes',
      })
    ).text()
    expect(page).toMatch(/value="other" checked/)
    expect(page).not.toMatch(/value="see" checked/)
    expect(page).toMatch(/value="no" checked/)
    expect(page).toMatch(
      /value="DebtBondage" checked.*value="TakesEarnings">.*value="PhysicalAbuse" checked/,
    )
    expect(page).toMatch(/<option value="evening" selected/)
    expect(page).toMatch(/name="noReceipt" value="yes" checked/)
  })

  test('markup in what was written stays text', async () => {
    const text = '</textarea><script>alert(1)</script>'
    const page = await (await post({ text, door: 'window', place: '"><img src=x>' })).text()
    expect(page).not.toContain('<script>')
    expect(page).toContain('&lt;/textarea&gt;&lt;script&gt;')
    expect(page).toContain('value="&quot;><img src=x>"')
  })

  test('no manifest: the page says so, with the text in it', async () => {
    await db.prepare('DELETE FROM epochs').run()
    const answer = await post({ text: 'a word that must not be lost' })
    const page = await answer.text()
    expect(answer.status).toBe(503)
    expect(page).toContain(kyErrors['error.unavailable'])
    expect(page).toContain('a word that must not be lost')
  })

  test('a manifest under another root: nothing is sealed to its keys, and the text is kept', async () => {
    const stranger = await organisation(Date.now())
    await db.prepare('UPDATE epochs SET manifest = ?').bind(stranger.manifestBytes).run()
    const answer = await post({ text: 'a word that must not be lost' })
    const page = await answer.text()
    expect(page).toContain(kyErrors['error.manifest_signature'])
    expect(page).toContain('a word that must not be lost')
    expect(await rowsIn('reports')).toBe(0)
  })

  test('a database that fails and no copy of the keys: the words come back, with numbers', async () => {
    const answer = await post({ text: 'a word' }, 'ky', { DB: goneDb })
    expect(answer.status).toBe(503)
    const page = await answer.text()
    expect(page).toContain(kyErrors['error.unavailable'])
    expect(page).toContain('>\na word<')
    expect(page).not.toContain('STORAGE_ERROR')
  })

  test('another content type, and more than any form holds', async () => {
    const plain = await ask('/api/form/ky', {
      method: 'POST',
      body: 'text=word',
      headers: { 'content-type': 'text/plain' },
    })
    expect([plain.status, await plain.text()]).toEqual([
      415,
      expect.stringContaining(kyErrors['error.wrong_content_type']),
    ])
    const large = await post(`text=${'x'.repeat(600_000)}`)
    expect([large.status, await large.text()]).toEqual([
      413,
      expect.stringContaining(kyErrors['error.too_large']),
    ])
    expect(await rowsIn('reports')).toBe(0)
  })

  test('a language that is not there', async () => {
    await expectRefusal(await post({ text: 'a word' }, 'xx'), 404, 'not_found')
    await expectRefusal(await post({ text: 'a word' }, 'toString'), 404, 'not_found')
  })
})

describe('nothing written is lost', () => {
  const gone = { ASSETS: { fetch: () => Promise.reject(new Error('no')) } as unknown as Fetcher }

  test('when not even a page can be had: the text comes back in a bare one', async () => {
    const answer = await post({ text: 'a </textarea><b> &lt; b' }, 'ky', gone)
    expect(answer.status).toBe(500)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await answer.text()
    expect(page).toContain('a &lt;/textarea&gt;&lt;b&gt; &amp;lt; b</textarea>')
    expect(page).toContain(kyErrors['error.internal'])
    expect(page).toMatch(/href="tel:102"[^]*href="tel:\+996999312002"/)
    expect(await rowsIn('reports')).toBe(0)
  })

  test('when the database fails: it is sealed to the copy of the keys and waits in R2', async () => {
    await runUpkeep(deps)
    const answer = await post({ text: WORDS, door: 'me' }, 'ky', { DB: goneDb })
    expect(answer.status).toBe(201)
    expect(await answer.text()).toMatch(/<b data-slot="receipt">[\d ]{34}<\/b>/)
    expect(await rowsIn('reports')).toBe(0)
    await runUpkeep(deps)
    expect(await storedReports()).toMatchObject([{ kind: 2, lane: 'B', sealed_by: 'worker' }])
    expect((await openedReport(org)).text).toBe(WORDS.replaceAll('\r\n', '\n'))
  })

  test('when the copy of the keys is under another root: nothing is sealed to it', async () => {
    const stranger = await organisation(Date.now())
    await env.FILES.put('keys/manifest', stranger.manifestBytes)
    const page = await (await post({ text: 'a word' }, 'ky', { DB: goneDb })).text()
    expect(page).toContain(kyErrors['error.manifest_signature'])
    expect(page).toContain('>\na word<')
    expect(await keysIn('overflow/')).toEqual([])
  })

  test('when the report is stored and its page cannot be had: the number is shown in a bare one', async () => {
    // The root key is there, the pages are not.
    const halfGone = (fetchPage: Fetcher['fetch']) =>
      ({
        fetch: (url: string) =>
          url.endsWith('.txt') ? fetchPage(url) : Promise.reject(new Error('no')),
      }) as unknown as Fetcher
    const ASSETS = halfGone(builtPages(toB64(org.root.publicKey)).fetch)
    const answer = await post({ text: 'a word' }, 'ky', { ASSETS })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await answer.text()
    expect(page).toContain(kyTell['done.keep'])
    expect(page).toMatch(/<p>\d{4}( \d{4}){6}<\/p>/)
    const without = await post({ text: 'a word', noReceipt: 'yes' }, 'ky', { ASSETS })
    expect([without.status, await without.text()]).toEqual([
      201,
      expect.stringContaining(kyTell['done.numberless']),
    ])
    expect(await rowsIn('reports')).toBe(2)
  })

  test('when a field holds signs of markup: it comes back as it was', async () => {
    const page = await (await post({ text: '', place: 'a &lt; b & "c"' })).text()
    expect(page).toContain('value="a &amp;lt; b &amp; &quot;c&quot;"')
  })

  test('when the form has too many fields: the first are kept', async () => {
    const answer = await post(`text=kept&${'&'.repeat(262_144)}`)
    expect(answer.status).toBe(400)
    const page = await answer.text()
    expect(page).toContain('kept</textarea>')
    expect(page).toContain(kyErrors['error.text_broken'])
    expect(await rowsIn('reports')).toBe(0)
  })

  test('when the door is none', async () => {
    for (const door of ['constructor', '__proto__', 'toString'])
      expect((await post({ text: 'words', door })).status).toBe(400)
    expect(await rowsIn('reports')).toBe(0)
  })

  test('when the manifest is of another epoch than its row: nothing is sealed to it', async () => {
    await db.prepare('UPDATE epochs SET epoch = 7').run()
    const answer = await post({ text: 'words' })
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain(kyErrors['error.manifest_malformed'])
    expect(await rowsIn('reports')).toBe(0)
  })

  test('who comes back to the address of the form is sent to its page', async () => {
    for (const [path, place] of [
      ['/api/form/ky', '/ky/tell/'],
      ['/api/form/ky/answer', '/ky/answer/'],
    ] as const) {
      const answer = await ask(path)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, place])
    }
    await expectRefusal(await ask('/api/form/xx'), 404, 'not_found')
  })
})

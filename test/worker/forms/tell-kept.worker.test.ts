import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import kyErrors from '#content/strings/ky/errors.json' with { type: 'json' }
import kyTell from '#content/strings/ky/tell.json' with { type: 'json' }
import { concat, toB64 } from '#protocol/bytes'
import { organisation } from '#test/protocol/support/organisation.ts'
import { runChores } from '#worker/scheduled/run-chores'
import { builtPages } from '../support/built-pages.ts'
import {
  ask,
  db,
  deps,
  expectRefusal,
  freshEdge,
  rowsIn,
  storedReports,
  type Organisation,
} from '../support/edge.ts'
import { goneDb, keysIn } from '../support/failing.ts'
import { openedReport } from '../support/opened-report.ts'
import { postForm, WORDS } from '../support/posted-form.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

describe('words that are kept', () => {
  const gone = { ASSETS: { fetch: () => Promise.reject(new Error('no')) } as unknown as Fetcher }

  test('A bare page returns the text of a form when no built page can be loaded', async () => {
    const answer = await postForm({ text: 'a </textarea><b> &lt; b' }, 'ky', gone)
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

  test('A form is sealed to copied keys and waits in R2 when the database fails', async () => {
    await runChores(deps)
    const answer = await postForm({ text: WORDS, door: 'me' }, 'ky', { DB: goneDb })
    expect(answer.status).toBe(201)
    expect(await answer.text()).toMatch(/<b data-slot="receipt">[\d ]{34}<\/b>/)
    expect(await rowsIn('reports')).toBe(0)
    await runChores(deps)
    expect(await storedReports()).toMatchObject([{ kind: 2, grade: 0, sealed_by: 'worker' }])
    expect((await openedReport(org)).text).toBe(WORDS.replaceAll('\r\n', '\n'))
  })

  test('A form is not sealed to copied keys of another root; its text is returned', async () => {
    const stranger = await organisation(Date.now())
    await env.FILES.put('keys/current', concat(stranger.manifestBytes, stranger.hybridKey))
    const page = await (await postForm({ text: 'a word' }, 'ky', { DB: goneDb })).text()
    expect(page).toContain(kyErrors['error.manifest_signature'])
    expect(page).toContain('>\na word<')
    expect(await keysIn('overflow/')).toEqual([])
  })

  test('A bare page shows the number of a stored report when no page can be loaded', async () => {
    // The root key can be fetched, but the pages cannot.
    const halfGone = (fetchPage: Fetcher['fetch']) =>
      ({
        fetch: (url: string) =>
          url.endsWith('.txt') ? fetchPage(url) : Promise.reject(new Error('no')),
      }) as unknown as Fetcher
    const ASSETS = halfGone(builtPages(toB64(org.root.publicKey)).fetch)
    const answer = await postForm({ text: 'a word' }, 'ky', { ASSETS })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await answer.text()
    expect(page).toContain(kyTell['done.keep'])
    expect(page).toMatch(/<p>\d{4}( \d{4}){6}<\/p>/)
    const without = await postForm({ text: 'a word', noReceipt: 'yes' }, 'ky', { ASSETS })
    expect([without.status, await without.text()]).toEqual([
      201,
      expect.stringContaining(kyTell['done.numberless']),
    ])
    expect(await rowsIn('reports')).toBe(2)
  })

  test('A refused form returns a choice as chosen, and other text in its own field', async () => {
    const body = new URLSearchParams({ text: '' })
    for (const how of ['By phone', '+996, the shop']) body.append('contact.how', how)
    const page = await (await ask('/api/form/ky', { method: 'POST', body })).text()
    expect(page).toMatch(/name="contact.how" value="By phone" checked/)
    expect(page).not.toMatch(/name="contact.how" value="" checked/)
    expect(page).toContain('name="contact.how" value="+996, the shop"')
  })

  test('A refused form returns a field with markup characters unchanged', async () => {
    const page = await (await postForm({ text: '', place: 'a &lt; b & "c"' })).text()
    expect(page).toContain('value="a &amp;lt; b &amp; &quot;c&quot;"')
  })

  test('A form with too many fields is refused, and its first fields are returned', async () => {
    const answer = await postForm(`text=kept&${'&'.repeat(262_144)}`)
    expect(answer.status).toBe(400)
    const page = await answer.text()
    expect(page).toContain('kept</textarea>')
    expect(page).toContain(kyErrors['error.text_broken'])
    expect(await rowsIn('reports')).toBe(0)
  })

  test('A form with an unknown door is refused and nothing is stored', async () => {
    for (const door of ['constructor', '__proto__', 'toString'])
      expect((await postForm({ text: 'words', door })).status).toBe(400)
    expect(await rowsIn('reports')).toBe(0)
  })

  test('A form is not sealed to a manifest whose epoch differs from the database row', async () => {
    await db.prepare('UPDATE epochs SET epoch = 7').run()
    const answer = await postForm({ text: 'words' })
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain(kyErrors['error.manifest_malformed'])
    expect(await rowsIn('reports')).toBe(0)
  })

  test('A GET of a form address redirects to the form’s page', async () => {
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

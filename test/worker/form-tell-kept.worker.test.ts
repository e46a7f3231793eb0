import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import kyErrors from '#content/strings/ky/errors.json' with { type: 'json' }
import kyTell from '#content/strings/ky/tell.json' with { type: 'json' }
import { toB64 } from '#protocol/bytes'
import { organisation } from '#test/protocol/organisation.ts'
import { runUpkeep } from '#worker/upkeep/run'
import { builtPages } from './built-pages.ts'
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
import { postForm, WORDS } from './posted-form.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

describe('nothing written is lost', () => {
  const gone = { ASSETS: { fetch: () => Promise.reject(new Error('no')) } as unknown as Fetcher }

  test('when not even a page can be had: the text comes back in a bare one', async () => {
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

  test('when the database fails: it is sealed to the copy of the keys and waits in R2', async () => {
    await runUpkeep(deps)
    const answer = await postForm({ text: WORDS, door: 'me' }, 'ky', { DB: goneDb })
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
    const page = await (await postForm({ text: 'a word' }, 'ky', { DB: goneDb })).text()
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

  test('when a field holds signs of markup: it comes back as it was', async () => {
    const page = await (await postForm({ text: '', place: 'a &lt; b & "c"' })).text()
    expect(page).toContain('value="a &amp;lt; b &amp; &quot;c&quot;"')
  })

  test('when the form has too many fields: the first are kept', async () => {
    const answer = await postForm(`text=kept&${'&'.repeat(262_144)}`)
    expect(answer.status).toBe(400)
    const page = await answer.text()
    expect(page).toContain('kept</textarea>')
    expect(page).toContain(kyErrors['error.text_broken'])
    expect(await rowsIn('reports')).toBe(0)
  })

  test('when the door is none', async () => {
    for (const door of ['constructor', '__proto__', 'toString'])
      expect((await postForm({ text: 'words', door })).status).toBe(400)
    expect(await rowsIn('reports')).toBe(0)
  })

  test('when the manifest is of another epoch than its row: nothing is sealed to it', async () => {
    await db.prepare('UPDATE epochs SET epoch = 7').run()
    const answer = await postForm({ text: 'words' })
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

import { beforeEach, describe, expect, test } from 'vitest'
import kyErrors from '#content/strings/ky/errors.json' with { type: 'json' }
import { utf8 } from '#protocol/bytes'
import { organisation } from '#test/protocol/support/organisation.ts'
import { ask, db, expectRefusal, freshEdge, rowsIn } from '../support/edge.ts'
import { goneDb } from '../support/failing.ts'
import { postForm } from '../support/posted-form.ts'

beforeEach(freshEdge)

describe('a refused form', () => {
  test.each([
    ['no text', 'text_empty', { text: '' }],
    ['spaces only', 'text_empty', { text: ' \n\t\u00a0\u3000\n' }],
    ['12,000 letters of two bytes', 'text_too_long', { text: 'ж'.repeat(12_000) }],
    ['a long place', 'field_too_long', { text: 'a word', place: 'x'.repeat(161) }],
    ['an unknown door', 'malformed', { text: 'a word', door: 'window' }],
    ['an unknown danger', 'malformed', { text: 'a word', danger: 'perhaps' }],
    ['an unknown consent', 'malformed', { text: 'a word', consent: 'everybody' }],
    ['an unknown sign', 'malformed', { text: 'a word', signs: 'DebtBondage rain' }],
  ] as const)(
    'A form with %s is refused with %s, its words are returned and nothing is stored',
    async (_what, code, fields: Record<string, string>) => {
      const answer = await postForm({ ...fields, 'contact.avoid': 'do not "call" <home>' })
      expect(answer.status).toBe(400)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const page = await answer.text()
      expect(page).toContain(kyErrors[`error.${code}`])
      expect(page).toContain(`name="text">\n${fields['text'] ?? ''}</textarea>`)
      expect(page).toContain('value="do not &quot;call&quot; <home>"')
      if (fields['place']) expect(page).toContain(fields['place'])
      expect(await rowsIn('reports')).toBe(0)
    },
  )

  test('A form with broken UTF-8, even escaped or in multipart, gets text_broken', async () => {
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

  test('A refused form is returned with its choices and lists', async () => {
    const page = await (
      await postForm({
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

  test('Markup in a refused form stays text', async () => {
    const text = '</textarea><script>alert(1)</script>'
    const page = await (await postForm({ text, door: 'window', place: '"><img src=x>' })).text()
    expect(page).not.toContain('<script>')
    expect(page).toContain('&lt;/textarea&gt;&lt;script&gt;')
    expect(page).toContain('value="&quot;><img src=x>"')
  })

  test('A form without a manifest gets unavailable, and its text is returned', async () => {
    await db.prepare('DELETE FROM epochs').run()
    const answer = await postForm({ text: 'a word that must not be lost' })
    const page = await answer.text()
    expect(answer.status).toBe(503)
    expect(page).toContain(kyErrors['error.unavailable'])
    expect(page).toContain('a word that must not be lost')
  })

  test('A form is not sealed to a manifest of another root, and its text is returned', async () => {
    const stranger = await organisation(Date.now())
    await db.prepare('UPDATE epochs SET manifest = ?').bind(stranger.manifestBytes).run()
    const answer = await postForm({ text: 'a word that must not be lost' })
    const page = await answer.text()
    expect(page).toContain(kyErrors['error.manifest_signature'])
    expect(page).toContain('a word that must not be lost')
    expect(await rowsIn('reports')).toBe(0)
  })

  test('A form is refused without database and copied keys, and its text is returned', async () => {
    const answer = await postForm({ text: 'a word' }, 'ky', { DB: goneDb })
    expect(answer.status).toBe(503)
    const page = await answer.text()
    expect(page).toContain(kyErrors['error.unavailable'])
    expect(page).toContain('>\na word<')
    expect(page).not.toContain('STORAGE_ERROR')
  })

  test('A form of another type or above the limit is refused and not stored', async () => {
    const wrongType = await ask('/api/form/ky', {
      method: 'POST',
      body: 'text=word',
      headers: { 'content-type': 'text/plain' },
    })
    expect([wrongType.status, await wrongType.text()]).toEqual([
      415,
      expect.stringContaining(kyErrors['error.wrong_content_type']),
    ])
    const large = await postForm(`text=${'x'.repeat(600_000)}`)
    expect([large.status, await large.text()]).toEqual([
      413,
      expect.stringContaining(kyErrors['error.too_large']),
    ])
    expect(await rowsIn('reports')).toBe(0)
  })

  test('A form in an unknown language is refused with not_found', async () => {
    await expectRefusal(await postForm({ text: 'a word' }, 'xx'), 404, 'not_found')
    await expectRefusal(await postForm({ text: 'a word' }, 'toString'), 404, 'not_found')
  })
})

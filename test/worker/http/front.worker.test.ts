import { beforeEach, describe, expect, test } from 'vitest'
import foundation from '#content/foundation.json' with { type: 'json' }
import moved from '#content/moved.json' with { type: 'json' }
import { API_POLICY, SECURITY_HEADERS } from '#protocol/security-headers'
import { PAGE_POLICY } from '../support/built-pages.ts'
import { edge } from '#worker/http/router'
import { goneAssets, goneBucket, goneDb } from '../support/failing.ts'
import { ask, db, expectRefusal, freshEdge, type Organisation } from '../support/edge.ts'

const ALLOWED = 'access-control-allow-origin'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

describe('the root address', () => {
  test.each([
    ['ru', '/ru/'],
    ['en-GB,en;q=0.9', '/en/'],
    ['de,en;q=0.5,ky;q=0.7', '/ky/'],
    ['KY', '/ky/'],
    ['ru;q=0,en', '/en/'],
    ['de, fr ;q=0.9 , ru ; q=0.1', '/ru/'],
  ])('A browser that asks for %s is sent to %s', async (header, place) => {
    const answer = await ask('/', { headers: { 'accept-language': header } })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, place])
    expect(answer.headers.get('vary')).toBe('Accept-Language')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.each(['', '*', 'de', 'ru;q=0', 'ru;q=x', 'constructor'])(
    'A browser that asks for "%s" gets the page to choose a language',
    async (header) => {
      const answer = await ask('/', { headers: { 'accept-language': header } })
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('choose')])
      expect(answer.headers.get('vary')).toBe('Accept-Language')
      expect(answer.headers.get('cache-control')).toBe('no-store')
    },
  )
})

test('The old address of a page leads to its new, neutral one in the same language', async () => {
  for (const [from, to] of Object.entries(moved))
    for (const path of [`/ru/${from}/`, `/ru/${from}`]) {
      const answer = await ask(path)
      expect([answer.status, answer.headers.get('location')]).toEqual([301, `/ru/${to}/`])
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  await expectRefusal(await ask(`/xx/${Object.keys(moved)[0] ?? ''}/`), 404, 'not_found')
})

test('R18: The quick exit clears traces and redirects to the neutral address', async () => {
  const blank = await ask('/exit')
  expect([blank.status, await blank.text()]).toEqual([200, ''])
  expect(blank.headers.get('refresh')).toBe('0;url=/exit/now')
  expect(blank.headers.get('cache-control')).toBe('no-store')
  const answer = await ask('/exit/now')
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(foundation.exit.value)
  expect(await answer.text()).toBe('')
  expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('The routes of keys return both keys, and unavailable after the last epoch', async () => {
  const answer = await ask('/api/keys', { headers: { origin: 'null' } })
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(org.manifestBytes)
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  const hybrid = await ask('/api/keys/hybrid', { headers: { origin: 'null' } })
  expect(new Uint8Array(await hybrid.arrayBuffer())).toEqual(org.hybridKey)
  expect(hybrid.headers.get('content-type')).toBe('application/octet-stream')
  expect(hybrid.headers.get('access-control-allow-origin')).toBe('*')
  await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
  await expectRefusal(await ask('/api/keys'), 503, 'unavailable')
  await expectRefusal(await ask('/api/keys/hybrid'), 503, 'unavailable')
})

test('The health route answers ok', async () => {
  const answer = await ask('/api/health')
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true, keys: 'ok' }])
})

describe('an unknown address', () => {
  test('An unknown address gets a page in the language of the address', async () => {
    for (const [path, words] of [
      ['/ky/nothing/here/', 'жок'],
      ['/nothing', 'missing'],
      ['/xx/tell/', 'missing'],
    ] as const) {
      const answer = await ask(path)
      expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining(words)])
      expect(answer.headers.get('content-security-policy')).toBe(PAGE_POLICY)
    }
  })

  test('An unknown address or method of the API is refused with a code', async () => {
    await expectRefusal(await ask('/api/nothing'), 404, 'not_found')
    for (const [method, path] of [
      ['GET', '/api/reports'],
      ['PUT', '/api/inbox'],
      ['DELETE', '/api/keys'],
      ['PUT', '/api/form/ky'],
    ] as const) {
      const answer = await ask(path, { method })
      expect(answer.headers.get('allow')).toMatch(
        /^(POST|GET, HEAD|GET, HEAD, POST|GET, POST, HEAD|POST, GET, HEAD)$/,
      )
      await expectRefusal(answer, 405, 'method_not_allowed')
    }
  })
})

test('R15, R17, R18: Every page, code, redirect and error has the security headers', async () => {
  const ofRoutes = edge.routes
    .filter(({ path }) => !path.endsWith('*'))
    .flatMap(({ path, method }) =>
      [method === 'ALL' ? 'GET' : method, 'OPTIONS', 'DELETE'].flatMap((each) =>
        [{}, { DB: goneDb, FILES: goneBucket }].map((changes) =>
          ask(path.replace(':lang', 'ky').replace(/:\w+/g, '0'), { method: each }, changes),
        ),
      ),
    )
  expect(ofRoutes.length).toBeGreaterThan(150)
  const answers = await Promise.all([
    ...ofRoutes,
    ask('/'),
    ask('/', { headers: { 'accept-language': 'ru' } }),
    ask('/exit'),
    ask('/exit/now'),
    ask('/api/form/ky'),
    ask('/api/form/ky/answer'),
    ask('/nothing'),
    ask('/api/nothing'),
    ask('/api/keys'),
    ask('/', {}, { ASSETS: goneAssets }),
    ask('/api/reports', { method: 'OPTIONS' }),
    ask('/api/reports', { method: 'POST', body: 'x' }),
    ask('/api/inbox', { method: 'POST', body: 'x' }),
    ask('/api/staff/me'),
    ask('/api/form/ky', { method: 'POST', body: 'x' }),
  ])
  const statuses = new Set(answers.map(({ status }) => status))
  for (const status of [200, 204, 302, 303, 401, 403, 404, 405, 415, 500, 503])
    expect([...statuses]).toContain(status)
  for (const answer of answers) {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      const isOpen = name === 'Cross-Origin-Resource-Policy' && answer.headers.has(ALLOWED)
      expect([name, answer.headers.get(name)]).toEqual([name, isOpen ? 'cross-origin' : value])
    }
    expect([API_POLICY, PAGE_POLICY]).toContain(answer.headers.get('content-security-policy'))
    expect(answer.headers.get('cache-control')).toMatch(/no-store|public, max-age=300/)
    expect(answer.headers.get('set-cookie')).toBeNull()
  }
})

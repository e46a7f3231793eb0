// Checks that the worker serves nothing over `http:`, except on the local machine.
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import enErrors from '#content/strings/en/errors.json' with { type: 'json' }
import kyErrors from '#content/strings/ky/errors.json' with { type: 'json' }
import { API_POLICY, SECURITY_HEADERS } from '#protocol/security-headers'
import { edge } from '#worker/http/router'
import {
  ask,
  expectRefusal,
  freshEdge,
  octets,
  sealed,
  type Organisation,
} from '../support/edge.ts'
import { goneBucket, goneDb, keysIn } from '../support/failing.ts'

const HSTS = 'strict-transport-security'
const INSECURE = 'http://oasis.example'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

test.each(['GET', 'HEAD'])(
  'R42: A %s of a page over http is redirected for good to the same address over https',
  async (method) => {
    for (const path of ['/', '/ky/tell/', '/exit', '/ru/nothing?a=%20b', '/api/form/ky']) {
      const answer = await ask(`${INSECURE}${path}`, { method })
      const { status, headers } = answer
      expect([status, headers.get('location')]).toEqual([301, `https://oasis.example${path}`])
      expect(await answer.text()).toBe('')
    }
    const other = await ask('http://oasis.example:8080/en/', { method })
    expect(other.headers.get('location')).toBe('https://oasis.example/en/')
  },
)

test('R42: A sealed report over http gets https_only before any store is asked', async () => {
  const asked = octets(await sealed(org))
  const failing = { DB: goneDb, FILES: goneBucket }
  await expectRefusal(await ask(`${INSECURE}/api/reports`, asked, failing), 403, 'https_only')
  await ask(`${INSECURE}/api/reports`, asked)
  const rows = await env.DB.prepare('SELECT count(*) AS n FROM reports').first('n')
  expect([rows, await keysIn('')]).toEqual([0, []])
})

test('R42: Every route and method of the API refuses http with https_only', async () => {
  const calls = edge.routes
    .filter(({ path }) => path.startsWith('/api/') && !/\*$|\/form\//.test(path))
    .flatMap(({ path }) => ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'].map((each) => [each, path]))
  expect(calls.length).toBeGreaterThan(100)
  for (const [method = '', path = ''] of calls) {
    const address = `${INSECURE}${path.replace(/:\w+/g, '0')}`
    const answer = await ask(address, { method, ...(method === 'POST' && { body: 'x' }) })
    await expectRefusal(answer, 403, 'https_only')
  }
})

test.each([
  ['/api/form/ky', kyErrors, 'https://oasis.example/ky/tell/'],
  ['/api/form/en/answer', enErrors, 'https://oasis.example/en/answer/'],
  ['/api/form/en/send', enErrors, 'https://oasis.example/en/send/'],
])(
  'R42: A form over http to %s is not read, and the page refuses and names the safe address',
  async (path, errors, safe) => {
    const body = new ReadableStream({
      pull: () => {
        throw new Error('the form was read')
      },
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await ask(`${INSECURE}${path}`, { method: 'POST', body, headers })
    const page = await answer.text()
    expect(answer.status).toBe(403)
    expect(page).toContain(errors['error.https_only'])
    expect(page).toContain(`<a href="${safe}">${safe}</a>`)
    expect(page).toContain('tel:')
  },
)

test('R42: A response over http carries all security headers except HSTS', async () => {
  const others = Object.entries(SECURITY_HEADERS)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name !== HSTS)
  for (const [path, method] of [
    ['/ky/', 'GET'],
    ['/api/keys', 'GET'],
    ['/api/form/ky', 'POST'],
  ] as const) {
    const { headers } = await ask(`${INSECURE}${path}`, { method })
    expect(Object.fromEntries(headers)).toMatchObject({
      ...Object.fromEntries(others),
      'cache-control': 'no-store',
    })
    expect(headers.get(HSTS)).toBeNull()
  }
  const { headers } = await ask(`${INSECURE}/api/keys`)
  expect(headers.get('content-security-policy')).toBe(API_POLICY)
})

test.each(['localhost:8787', '127.0.0.1', '[::1]:8787'])(
  'The edge answers the local machine as http://%s',
  async (host) => {
    const answer = await ask(`http://${host}/api/health`)
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true, keys: 'ok' }])
  },
)

test.each(['localhost.example', '127.0.0.1.example', 'xlocalhost'])(
  'R42: The host http://%s is not the local machine and is refused with https_only',
  async (host) => {
    await expectRefusal(await ask(`http://${host}/api/health`), 403, 'https_only')
  },
)

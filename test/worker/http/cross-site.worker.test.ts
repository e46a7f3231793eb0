import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { destroyBody } from '#protocol/report/receipt'
import { edge } from '#worker/http/router'
import { OPEN_TO_ANY_ORIGIN } from '#worker/http/set-security-headers'
import {
  ask,
  db,
  freshEdge,
  idOf,
  octets,
  reporter,
  rowsIn,
  sealed,
  submit,
  type Organisation,
  type Reporter,
} from '../support/edge.ts'
import { person, signed, type Person } from '../support/staff.ts'

const ORIGINS = [null, 'https://evil.example', 'null']

let org: Organisation
let staff: Person
let known: Reporter
let id: string
beforeAll(async () => {
  org = await freshEdge()
  staff = await person('intake', 'admin')
  known = await reporter()
  const envelope = await sealed(org, known.hashes)
  id = await idOf(envelope)
  await submit(envelope)
})

/** Lists every route of the worker, with its parameters filled in. */
const routes = () =>
  edge.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({
      method,
      path: path.replace(':lang', 'ky').replace(/:id\b/, id).replace(/:\w+/, '0').replace('*', '0'),
    }))

/** Returns a body that would change something at `path` if the site's own page sent it. */
async function bodyFor(path: string): Promise<BodyInit> {
  if (path === '/api/reports') return sealed(org)
  if (path === '/api/inbox/destroy') return destroyBody(known.keys)
  if (path.endsWith('/answer')) return `receipt=${known.receipt}&action=destroy`
  if (path.startsWith('/api/form/')) return 'text=word'
  if (path.endsWith('/status'))
    return JSON.stringify(
      await signed(staff, 'status.set', id, {
        from: 'new',
        to: 'closed',
        followUps: 0,
        reason: 'helped',
      }),
    )
  return '{}'
}

/** Returns all rows and objects as one text. */
async function everything(): Promise<string> {
  const { results } = await db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_*'")
    .all<{ name: string }>()
  const rows = await Promise.all(
    results.map(async ({ name }) => [
      name,
      (await db.prepare(`SELECT * FROM ${name}`).all()).results,
    ]),
  )
  const objects = (await env.FILES.list()).objects.map(({ key, etag }) => [key, etag])
  return JSON.stringify([rows, objects])
}

async function from(
  origin: string | null,
  { method, path }: { method: string; path: string },
  headers: Record<string, string> = {},
): Promise<Response> {
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return ask(path, {
    method,
    ...(hasBody && { body: await bodyFor(path) }),
    headers: {
      'content-type': 'text/plain',
      cookie: staff.cookie,
      ...(origin !== null && { origin }),
      ...headers,
    },
  })
}

test('R20: A text/plain request from another site changes nothing at any route', async () => {
  const all = routes()
  expect(all.map(({ path }) => path)).toContain('/api/staff/sign-out')
  expect(all.length).toBeGreaterThan(20)
  const before = await everything()
  for (const route of all) {
    for (const origin of ORIGINS) await (await from(origin, route)).arrayBuffer()
    expect([route, (await everything()) === before]).toEqual([route, true])
  }
})

test('R20: A JSON request of another site changes nothing at the staff API', async () => {
  const before = await everything()
  for (const route of routes().filter(({ path }) => path.startsWith('/api/staff/')))
    for (const origin of ORIGINS) {
      const answer = await from(origin, route, { 'content-type': 'application/json' })
      if (route.method !== 'GET') expect([route, answer.status]).toEqual([route, 403])
      await answer.arrayBuffer()
    }
  expect(await everything()).toBe(before)
})

test('R20: Only sealed reports and the form may come from any origin', async () => {
  for (const route of routes()) {
    const open = OPEN_TO_ANY_ORIGIN.some((path) =>
      path.endsWith('*') ? route.path.startsWith(path.slice(0, -1)) : route.path === path,
    )
    for (const method of [route.method, 'OPTIONS']) {
      const answer = await from('null', { ...route, method })
      await answer.arrayBuffer()
      const { headers } = answer
      const expected = open ? ['*', 'cross-origin'] : [null, 'same-origin']
      expect([
        route,
        headers.get('access-control-allow-origin'),
        headers.get('cross-origin-resource-policy'),
      ]).toEqual([route, ...expected])
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
  }
  const before = await rowsIn('reports')
  const evil = { origin: 'https://evil.example' }
  expect((await ask('/api/reports', octets(await sealed(org), evil))).status).toBe(201)
  const form = { ...evil, 'content-type': 'application/x-www-form-urlencoded' }
  const posted = { method: 'POST', body: 'text=word', headers: form }
  expect((await ask('/api/form/ky', posted)).status).toBe(201)
  expect(await rowsIn('reports')).toBe(before + 2)
})

test('A preflight allows a saved page the methods and headers of the API for a day', async () => {
  for (const path of [
    '/api/reports',
    '/api/inbox',
    '/api/inbox/destroy',
    '/api/keys',
    '/api/keys/hybrid',
    '/api/files/x/0',
  ]) {
    const { status, headers } = await ask(path, { method: 'OPTIONS', headers: { origin: 'null' } })
    expect([
      status,
      headers.get('access-control-allow-methods'),
      headers.get('access-control-allow-headers'),
      headers.get('access-control-max-age'),
    ]).toEqual([
      204,
      'GET, POST, PUT',
      'content-type, oasis-header, oasis-proof, oasis-write',
      '86400',
    ])
  }
})

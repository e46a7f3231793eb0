import { beforeAll, describe, expect, test } from 'vitest'
import staffHost from '#worker/staff-host'
import { edge } from '#worker/http/router'
import { API_POLICY, SECURITY_HEADERS } from '#protocol/security-headers'
import { PAGE_POLICY } from '../support/built-pages.ts'
import { ask, expectRefusal, freshEdge, ORIGIN, STAFF_ORIGIN } from '../support/edge.ts'

beforeAll(async () => {
  await freshEdge()
})

/**
 * Sends a request to the staff host's worker.
 *
 * @returns the response, and the paths that the worker forwarded
 */
async function askStaffHost(path: string, init: RequestInit = {}) {
  const forwarded: string[] = []
  const SITE = {
    fetch: (request: Request) => {
      forwarded.push(new URL(request.url).pathname)
      return ask(request.url, { method: request.method, headers: request.headers })
    },
  } as unknown as Fetcher
  const request = new Request(new URL(path, STAFF_ORIGIN), { redirect: 'manual', ...init })
  const context = {} as ExecutionContext
  return { answer: await staffHost.fetch(request, { SITE }, context), forwarded }
}

const STAFF_PATHS = ['/staff', '/staff/', '/_astro/app.js', '/api/staff/me']
const PUBLIC_PATHS = [
  ...['/ky/', '/ru/tell/', '/exit', '/exit/now', '/robots.txt', '/root-key.txt', '/tools/ky/x.js'],
  ...['/staffx', '/xstaff/', '/STAFF/', '/nothing', '/.well-known/webcat/manifest.json'],
  ...['/api/keys', '/api/reports', '/api/inbox', '/api/check', '/api/form/ky', '/api/staffx'],
]

describe('the worker of the staff host', () => {
  test.each([...STAFF_PATHS, '/api/health'])('It forwards %s', async (path) => {
    const { answer, forwarded } = await askStaffHost(path)
    expect(forwarded).toEqual([path])
    expect(answer.status).toBe(path === '/api/staff/me' ? 401 : 200)
  })

  test.each(PUBLIC_PATHS)('It forwards no request to %s, and refuses it', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
      const { answer, forwarded } = await askStaffHost(path, { method })
      expect(forwarded).toEqual([])
      await expectRefusal(answer, 404, 'not_found')
    }
  })

  test('The address / leads to the staff app, over https', async () => {
    const { answer } = await askStaffHost('/')
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/staff/'])
    const plain = await askStaffHost('http://staff.oasis.example/')
    expect(plain.answer.headers.get('location')).toBe(`${STAFF_ORIGIN}/`)
  })

  test('R15: Every response has the security headers', async () => {
    for (const path of ['/', '/staff/', '/ky/', '/api/staff/me', '/api/keys']) {
      const { answer } = await askStaffHost(path)
      for (const [name, value] of Object.entries(SECURITY_HEADERS))
        expect([path, name, answer.headers.get(name)]).toEqual([path, name, value])
      expect([API_POLICY, PAGE_POLICY]).toContain(answer.headers.get('content-security-policy'))
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('the worker of the site', () => {
  test.each(['/staff', '/staff/', '/_astro/app.js'])(
    'It gives %s to the staff host alone, and another host gets the page of missing addresses',
    async (path) => {
      const onStaffHost = await ask(STAFF_ORIGIN + path)
      expect([onStaffHost.status, await onStaffHost.text()]).toEqual([200, `staff ${path}`])
      for (const host of [ORIGIN, 'https://second.example', `${STAFF_ORIGIN}:8443`]) {
        const answer = await ask(host + path)
        expect([answer.status, await answer.text()]).toEqual([
          404,
          expect.stringContaining('missing'),
        ])
      }
    },
  )

  test('A missing file of the staff app is refused without a public page', async () => {
    await expectRefusal(await ask(`${STAFF_ORIGIN}/staff/nothing`), 404, 'not_found')
  })

  test('Each route answers on one host only, and health on both', async () => {
    const routes = edge.routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
    expect(routes.length).toBeGreaterThan(35)
    for (const { method, path: pattern } of routes) {
      const path = pattern.replace(':lang', 'ky').replace(/:\w+/g, '0')
      const otherHost = path.startsWith('/api/staff/') ? ORIGIN : STAFF_ORIGIN
      const answer = await ask(otherHost + path, { method })
      if (path === '/api/health') expect(answer.status).toBe(200)
      else await expectRefusal(answer, 404, 'not_found')
    }
  })

  test('Without a staff host nobody gets the staff app', async () => {
    for (const path of ['/staff/', '/api/staff/me'])
      expect((await ask(ORIGIN + path, {}, { STAFF_HOST: '' })).status).toBe(404)
  })
})

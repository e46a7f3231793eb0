// Tries each state-changing staff route from another site.
import { beforeAll, expect, test } from 'vitest'
import { ask, expectRefusal, STAFF_ORIGIN } from '../support/edge.ts'
import { everything, ROWS } from '../support/routes/matrix.ts'
import { existingId, nameOfRow } from '../support/routes/row.ts'
import { makeWorld, type World } from '../support/routes/world.ts'
import { sentAs } from '../support/staff.ts'

let people: World['people']
beforeAll(async () => {
  people = (await makeWorld()).people
})

const JSON_TYPE = 'application/json'

const changing = ROWS.filter(({ method }) => method !== 'GET').map(
  (row) => [nameOfRow(row), row] as const,
)

test.each(changing)(
  'R20: %s from another site is refused and changes nothing',
  async (_name, row) => {
    const { method, path, body } = row
    const who = people.both
    const id = await existingId(who, row)
    const wanted = sentAs(await body?.(who, id))
    const before = await everything()
    const send = (headers: Record<string, string>) =>
      ask(`/api/staff/${path(id)}`, {
        method,
        body: wanted.body,
        headers: { cookie: who.cookie, ...headers },
      })
    const ours = { 'content-type': wanted.type }
    for (const origin of [
      'https://evil.example',
      'null',
      'http://staff.oasis.example',
      `${STAFF_ORIGIN}.evil.example`,
      `${STAFF_ORIGIN}:8443`,
    ])
      await expectRefusal(await send({ ...ours, origin }), 403, 'cross_site')
    await expectRefusal(await send(ours), 403, 'cross_site')
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      wanted.type === JSON_TYPE ? 'application/octet-stream' : JSON_TYPE,
    ])
      await expectRefusal(
        await send({ origin: STAFF_ORIGIN, 'content-type': type }),
        415,
        'wrong_content_type',
      )
    expect(await everything()).toBe(before)
    expect(
      (
        await send({
          origin: STAFF_ORIGIN,
          'content-type': 'text/plain',
          'access-control-request-method': 'POST',
        })
      ).headers.get('access-control-allow-origin'),
    ).toBeNull()
  },
)

test('Another site may not read any response of the staff API', async () => {
  const preflight = await ask('/api/staff/reports', {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example' },
  })
  expect(preflight.status).toBe(403)
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
})

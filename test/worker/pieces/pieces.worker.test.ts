import { beforeEach, expect, test } from 'vitest'
import { randomBytes, type Bytes } from '#protocol/bytes'
import { MAX_PIECE_BYTES, MAX_PIECES, PieceList, StoredPiece } from '#protocol/staff/list/pieces'
import { freshCasework, openTeams } from '../support/casework.ts'
import { ask, expectRefusal, STAFF_ORIGIN } from '../support/edge.ts'
import { goneBucket, keysIn } from '../support/failing.ts'
import { asStaff, getAs, type Person } from '../support/staff.ts'

let staff: Person
beforeEach(async () => {
  ;({ staff } = await freshCasework())
})

const put = (path: string, bytes: Bytes, former?: string): Promise<Response> =>
  asStaff(
    `pieces/${path}${former === undefined ? '' : `?former=${encodeURIComponent(former)}`}`,
    'PUT',
    bytes,
    staff.cookie,
  )
const store = async (path: string, bytes: Bytes, former?: string): Promise<string> =>
  StoredPiece.parse(await (await put(path, bytes, former)).json()).etag
const list = async (generation = 1) =>
  PieceList.parse(await (await getAs(staff, `pieces/${generation}`)).json()).pieces
const end = (generation: number | string): Promise<Response> =>
  asStaff(`pieces/${generation}/end`, 'POST', {}, staff.cookie)

test('A stored piece is listed with its tag and comes back as the same bytes', async () => {
  const bytes = randomBytes(5000)
  const etag = await store('1/0', bytes)
  expect(await list()).toEqual([{ n: 0, etag }])
  const answer = await getAs(staff, 'pieces/1/0')
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes)
})

test('A piece replaces only the version whose tag the writer names', async () => {
  const first = await store('1/0', randomBytes(20))
  const second = await store('1/0', randomBytes(20), first)
  expect(second).not.toBe(first)
  const last = randomBytes(20)
  await expectRefusal(await put('1/0', last, first), 409, 'piece_changed')
  await expectRefusal(await put('1/0', last), 409, 'piece_changed')
  expect(await list()).toEqual([{ n: 0, etag: second }])
})

test('A new piece with a tag of a deleted one is refused with piece_changed', async () => {
  await expectRefusal(await put('1/0', randomBytes(20), 'x'), 409, 'piece_changed')
  expect(await list()).toEqual([])
})

test('A piece under another generation than the newest is refused with chain_moved', async () => {
  await openTeams(2)
  for (const generation of [1, 3])
    await expectRefusal(await put(`${generation}/0`, randomBytes(20)), 409, 'chain_moved')
  expect((await put('2/0', randomBytes(20))).status).toBe(200)
})

test.each(['0', '01', 'x', '1.5', '-1', '9999999'])(
  'A piece of the generation "%s" is refused as malformed',
  async (generation) => {
    await expectRefusal(await put(`${generation}/0`, randomBytes(20)), 400, 'malformed')
    await expectRefusal(await getAs(staff, `pieces/${generation}/0`), 400, 'malformed')
    await expectRefusal(await getAs(staff, `pieces/${generation}`), 400, 'malformed')
    await expectRefusal(await end(generation), 400, 'malformed')
  },
)

test.each([String(MAX_PIECES), '00', 'x', '1e2'])(
  'A piece of the number "%s" is refused as malformed',
  async (n) => {
    await expectRefusal(await getAs(staff, `pieces/1/${n}`), 400, 'malformed')
  },
)

test('A piece without bytes and a too large piece are refused and not stored', async () => {
  await expectRefusal(await put('1/0', new Uint8Array(0)), 400, 'malformed')
  await expectRefusal(await put('1/0', new Uint8Array(MAX_PIECE_BYTES + 1)), 413, 'too_large')
  expect(await keysIn('pieces/')).toEqual([])
})

test('A piece that nobody stored is not found', async () => {
  await expectRefusal(await getAs(staff, 'pieces/1/0'), 404, 'not_found')
})

test('Ending an older generation deletes its pieces and no others', async () => {
  await store('1/0', randomBytes(20))
  await store('1/1', randomBytes(20))
  await openTeams(2)
  await store('2/0', randomBytes(20))
  expect((await end(1)).status).toBe(204)
  expect(await keysIn('pieces/')).toEqual(['pieces/2/0'])
  expect((await end(1)).status).toBe(204)
})

test('Ending the newest generation is refused with team_in_use, and its pieces stay', async () => {
  await store('1/0', randomBytes(20))
  await expectRefusal(await end(1), 409, 'team_in_use')
  await expectRefusal(await end(2), 409, 'team_in_use')
  expect(await keysIn('pieces/')).toEqual(['pieces/1/0'])
})

test('While R2 does not respond, pieces are refused with unavailable', async () => {
  const send = (path: string, init: RequestInit): Promise<Response> =>
    ask(
      `/api/staff/pieces/${path}`,
      {
        ...init,
        headers: {
          ...{ origin: STAFF_ORIGIN, cookie: staff.cookie },
          'content-type': 'application/octet-stream',
        },
      },
      { FILES: goneBucket },
    )
  await expectRefusal(await send('1', {}), 503, 'unavailable')
  await expectRefusal(await send('1/0', {}), 503, 'unavailable')
  const body = randomBytes(20)
  await expectRefusal(await send('1/0', { method: 'PUT', body }), 503, 'unavailable')
})

import { beforeAll, describe, expect, test } from 'vitest'
import { type Bytes, randomBytes, sha256, toB64, utf8 } from '#protocol/bytes'
import type { Action } from '#protocol/staff/chain'
import { checkpointDigest, writeCheckpoint, writeUpload } from '#protocol/staff/checkpoint'
import type { Role } from '#protocol/staff/fields'
import { fileId } from '#protocol/file/seal-chunk'
import { contentHashOf } from '#protocol/report/letter-content'
import { edge } from '#worker/http/router'
import { openAlert } from '#worker/store/alerts'
import {
  ask,
  db,
  deps,
  expectRefusal,
  freshEdge,
  idOf,
  STAFF_ORIGIN,
  rowsIn,
  sealed,
  submit,
} from '../support/edge.ts'
import { predicate } from '../support/discards.ts'
import {
  asStaff,
  invitation,
  joining,
  newcomer,
  noise,
  person,
  sentAs,
  sheetSlot,
  signed,
  type Person,
} from '../support/staff.ts'

let id: string
let contentHash: string
let people: Record<string, Person>
/** number of the row of a checkpoint */
let checkpointRow = 0

beforeAll(async () => {
  const org = await freshEdge()
  const envelope = await sealed(org)
  id = await idOf(envelope)
  contentHash = toB64(await contentHashOf(envelope))
  await submit(envelope)
  await deps.bucket.put(`files/${file}/0`, randomBytes(8208))
  await deps.bucket.put(`overflow/0/${waits}`, randomBytes(20), {
    customMetadata: { sealedBy: 'device', receivedDay: '2026-11-01', reportId: waits },
  })
  await openAlert(deps.bucket, {
    id: ALERT,
    since: Date.now(),
    rounds: 1,
    roundAt: Date.now(),
    calledAt: Date.now(),
    reached: [],
  })
  people = {
    admin: await person('admin'),
    intake: await person('intake'),
    both: await person('admin', 'intake'),
    waiting: await newcomer('admin', 'intake'),
  }
  await db.prepare('UPDATE people SET keeper_last_day = 99999').run()
  const both = people['both']!
  await asStaff('checkpoints', 'POST', await checkpoint(both), both.cookie)
  checkpointRow = await rowsIn('ledger')
})

interface Route {
  method: string
  path: () => string
  /** body of the request, signed by `who` if it is a change */
  body?: (who: Person) => Promise<unknown>
  /** roles that are allowed; null when the route needs no session */
  roles: (Role | 'waiting')[] | null
}

const change = (action: Action, subject: () => string, plain: () => unknown) => (who: Person) =>
  signed(who, action, subject(), plain())

/** A change of the report that names the hash of the sealed bytes beside it. */
async function withBytes(
  who: Person,
  action: Action,
  length: number,
  plain: (hash: string) => unknown,
) {
  const bytes = randomBytes(length)
  const body = await signed(who, action, id, plain(toB64(await sha256(bytes))))
  return { signed: body, sealed: toB64(bytes) }
}

// The hash is fixed for the run, so that subject and change name the same invitation.
const tokenHash = noise(32)
const report = () => id
const newcomerId = noise(16)
const publicKeys = { signPublic: noise(65), hpkePublic: noise(1216) }
const discard = noise(16)
const waits = noise(16)
const ALERT = noise(16)
const file = toB64(fileId(new Uint8Array(16).fill(7), 0))

const EVERYBODY: Route['roles'] = ['admin', 'intake', 'waiting']
const empty = () => Promise.resolve({})
const someSlot = noise(16)

/** Makes the body of a checkpoint without cases. */
async function checkpoint(who: Person): Promise<Bytes> {
  const stored = await writeCheckpoint(new Uint8Array())
  const change = { cases: 0, digest: toB64(await checkpointDigest(stored)) }
  return writeUpload(await signed(who, 'checkpoint.sign', who.id, change), stored)
}

const ROUTES: Route[] = [
  { method: 'POST', path: () => 'sign-in/options', body: () => Promise.resolve({}), roles: null },
  {
    method: 'POST',
    path: () => 'sign-in',
    body: () => Promise.resolve({ challengeId: noise(16), response: {} }),
    roles: null,
  },
  {
    method: 'POST',
    path: () => 'sign-in/paper',
    body: () => Promise.resolve({ lookup: noise(16), proof: noise(32) }),
    roles: null,
  },
  { method: 'POST', path: () => 'sign-out', body: () => Promise.resolve({}), roles: null },
  {
    method: 'POST',
    path: () => 'invitations/open',
    body: async () => ({ token: await invitation(['admin']) }),
    roles: null,
  },
  {
    method: 'POST',
    path: () => 'invitations/accept',
    body: async () => (await joining(await invitation(['admin']))).body,
    roles: null,
  },
  {
    method: 'POST',
    path: () => 'invitations',
    roles: ['admin'],
    body: change(
      'invitation.create',
      () => tokenHash,
      () => ({ tokenHash, roles: ['admin'], expiresAt: Date.now() + 3_600_000 }),
    ),
  },
  {
    method: 'POST',
    path: () => `invitations/${tokenHash}/withdraw`,
    roles: ['admin'],
    body: change(
      'invitation.withdraw',
      () => tokenHash,
      () => ({ tokenHash }),
    ),
  },
  { method: 'GET', path: () => 'me', roles: ['admin', 'intake', 'waiting'] },
  {
    method: 'POST',
    path: () => 'me/keeper',
    roles: ['intake'],
    body: (who) => signed(who, 'keeper.certify', who.id, {}),
  },
  {
    method: 'POST',
    path: () => 'me/certificate',
    // The root's signature decides, so that a person without a role may bring a certificate.
    roles: ['admin', 'intake', 'waiting'],
    body: async (who) => ({
      person: who.id,
      signed: await signed(who, 'person.certify', who.id, { ...publicKeys, roles: ['admin'] }),
      keeper: null,
      intake: [],
      team: [],
    }),
  },
  { method: 'GET', path: () => 'prove', roles: EVERYBODY },
  { method: 'POST', path: () => 'prove/options', roles: EVERYBODY, body: empty },
  {
    method: 'POST',
    path: () => 'prove',
    roles: EVERYBODY,
    body: () => Promise.resolve({ challengeId: toB64(randomBytes(56)), response: {} }),
  },
  {
    method: 'POST',
    path: () => 'prove/paper',
    roles: EVERYBODY,
    body: () => Promise.resolve({ lookup: noise(16), proof: noise(32) }),
  },
  { method: 'GET', path: () => 'me/keys', roles: EVERYBODY },
  { method: 'POST', path: () => 'me/slots/options', roles: EVERYBODY, body: empty },
  {
    method: 'POST',
    path: () => 'me/slots',
    roles: EVERYBODY,
    body: async () => ({ name: '', slot: (await sheetSlot()).slot, passkey: null }),
  },
  {
    method: 'POST',
    path: () => `me/slots/${someSlot}/name`,
    roles: EVERYBODY,
    body: () => Promise.resolve({ name: 'x' }),
  },
  { method: 'POST', path: () => `me/slots/${someSlot}/remove`, roles: EVERYBODY, body: empty },
  { method: 'POST', path: () => `me/sessions/${someSlot}/end`, roles: EVERYBODY, body: empty },
  { method: 'POST', path: () => 'me/sessions/end-others', roles: EVERYBODY, body: empty },
  { method: 'GET', path: () => 'people', roles: ['admin', 'intake'] },
  {
    method: 'POST',
    path: () => `people/${newcomerId}/confirm`,
    roles: ['intake'],
    body: async (who) => ({
      signed: await signed(who, 'person.confirm', newcomerId, { ...publicKeys, roles: ['admin'] }),
      intake: [],
      team: [],
    }),
  },
  {
    method: 'POST',
    path: () => `people/${newcomerId}/refuse`,
    roles: ['intake'],
    body: change(
      'person.refuse',
      () => newcomerId,
      () => publicKeys,
    ),
  },
  {
    method: 'POST',
    path: () => `people/${newcomerId}/remove`,
    roles: ['admin', 'intake'],
    body: change(
      'person.remove',
      () => newcomerId,
      () => publicKeys,
    ),
  },
  {
    method: 'POST',
    path: () => 'epochs',
    // Also the root's certificate decides: see epochs.worker.test.ts.
    roles: ['intake'],
    body: async (who) => ({
      signed: await signed(who, 'epoch.open', '2', { epoch: 2, manifest: noise(308) }),
      hybridKey: noise(1216),
      sealed: [],
      sealedForRecovery: noise(180),
    }),
  },
  {
    method: 'POST',
    path: () => 'epochs/1/retire',
    roles: ['intake'],
    body: change(
      'epoch.retire',
      () => '1',
      () => ({ epoch: 1, day: '2026-11-26' }),
    ),
  },
  {
    method: 'POST',
    path: () => 'epochs/1/end',
    roles: ['intake'],
    body: change(
      'epoch.end',
      () => '1',
      () => ({ epoch: 1 }),
    ),
  },
  {
    method: 'POST',
    path: () => 'teams',
    roles: ['intake'],
    body: async (who) => ({
      signed: await signed(who, 'team.open', '2', { generation: 2, commitment: noise(32) }),
      sealed: [],
      sealedForRecovery: noise(1168),
    }),
  },
  {
    method: 'POST',
    path: () => 'teams/1/end',
    roles: ['intake'],
    body: change(
      'team.end',
      () => '1',
      () => ({ generation: 1 }),
    ),
  },
  { method: 'GET', path: () => 'ledger', roles: ['admin', 'intake', 'waiting'] },
  { method: 'GET', path: () => 'ledger/head', roles: ['admin', 'intake'] },
  {
    method: 'POST',
    path: () => 'ledger/restart',
    roles: ['intake'],
    body: (who) => signed(who, 'ledger.restart', who.id, { lostHead: noise(32) }),
  },
  { method: 'GET', path: () => 'case-heads', roles: ['intake'] },
  { method: 'POST', path: () => 'checkpoints', roles: ['intake'], body: checkpoint },
  { method: 'GET', path: () => `checkpoints/${checkpointRow}`, roles: ['intake'] },
  { method: 'GET', path: () => `checkpoints/${checkpointRow}/0`, roles: ['intake'] },
  { method: 'GET', path: () => `reports/${id}/head`, roles: ['intake'] },
  { method: 'GET', path: () => 'counts', roles: ['admin', 'intake'] },
  { method: 'GET', path: () => 'reports', roles: ['intake'] },
  { method: 'GET', path: () => `reports/${id}`, roles: ['intake'] },
  {
    method: 'PUT',
    path: () => `reports/${id}/status`,
    roles: ['intake'],
    body: change('status.set', report, () => ({
      from: 'new',
      to: 'closed',
      followUps: 0,
      reason: 'helped',
    })),
  },
  {
    method: 'POST',
    path: () => `reports/${id}/keys`,
    roles: ['intake'],
    body: async (who) => ({
      signed: await signed(who, 'key.make', id, { keyNo: 1, generation: 1 }),
      sealed: noise(88),
      share: noise(32),
    }),
  },
  {
    method: 'POST',
    path: () => `reports/${id}/letters`,
    roles: ['intake'],
    body: async (who) => ({
      signed: await signed(who, 'letters.take', id, {
        keyNo: 1,
        letters: [{ id, contentHash }],
      }),
      sealed: [noise(60)],
    }),
  },
  {
    method: 'POST',
    path: () => `reports/${id}/entries`,
    roles: ['intake'],
    body: (who) => withBytes(who, 'entry.add', 540, (entryHash) => ({ keyNo: 1, entryHash })),
  },
  {
    method: 'POST',
    path: () => `reports/${id}/answers`,
    roles: ['intake'],
    body: (who) =>
      withBytes(who, 'answer.send', 4096, (sealedHash) => ({ slot: 0, sealedHash, followUps: 0 })),
  },
  {
    method: 'PUT',
    path: () => `reports/${id}/reading`,
    roles: ['intake'],
    body: () => Promise.resolve({ sealed: noise(4096) }),
  },
  { method: 'GET', path: () => 'epochs/hybrid', roles: ['intake'] },
  { method: 'GET', path: () => 'templates', roles: ['admin', 'intake'] },
  {
    method: 'PUT',
    path: () => 'templates/ky.first',
    roles: ['admin'],
    body: async (who) => ({
      signed: await signed(who, 'template.set', 'ky.first', {
        name: 'ky.first',
        textHash: toB64(await sha256(utf8('Окудук'))),
      }),
      text: 'Окудук',
    }),
  },
  { method: 'GET', path: () => 'letters/untaken?epochs=1', roles: ['intake'] },
  { method: 'GET', path: () => 'case-keys?generation=1', roles: ['intake'] },
  {
    method: 'POST',
    path: () => 'case-keys/rewrap',
    roles: ['intake'],
    body: () =>
      Promise.resolve({ from: 1, to: 2, keys: [{ caseId: id, keyNo: 1, sealed: noise(88) }] }),
  },
  { method: 'GET', path: () => 'waiting?partition=0', roles: ['intake'] },
  {
    method: 'POST',
    path: () => 'waiting/take-in',
    roles: ['intake'],
    body: () => Promise.resolve({ partition: '0', name: waits, id: waits }),
  },
  { method: 'GET', path: () => 'discards', roles: ['intake'] },
  {
    method: 'POST',
    path: () => 'discards/preview',
    roles: ['intake'],
    body: () => Promise.resolve(predicate),
  },
  {
    method: 'POST',
    path: () => `discards/${discard}`,
    roles: ['intake'],
    body: change(
      'reports.discard',
      () => discard,
      () => ({ ...predicate, stored: 0, waiting: 0 }),
    ),
  },
  {
    method: 'POST',
    path: () => `discards/${discard}/withdraw`,
    roles: ['intake'],
    body: change(
      'discard.withdraw',
      () => discard,
      () => ({ discard }),
    ),
  },
  { method: 'GET', path: () => `files/${file}`, roles: ['intake'] },
  { method: 'GET', path: () => `files/${file}/0`, roles: ['intake'] },
  {
    method: 'PUT',
    path: () => `reports/${id}/files/${file}/0`,
    roles: ['intake'],
    body: () => Promise.resolve(randomBytes(8208)),
  },
  { method: 'GET', path: () => 'alerts/open', roles: ['admin', 'intake'] },
  {
    method: 'POST',
    path: () => 'alerts/acknowledge',
    roles: ['admin', 'intake'],
    body: () => Promise.resolve({ id: ALERT }),
  },
  { method: 'GET', path: () => 'alerts', roles: ['admin'] },
  {
    method: 'POST',
    path: () => 'alerts/test',
    roles: ['admin'],
    body: () => Promise.resolve({}),
  },
]

const changing = ROUTES.filter(({ method }) => method !== 'GET')
const guarded = ROUTES.filter(({ roles }) => roles !== null)
const named = (routes: Route[]) =>
  routes.map(
    (route) => [`${route.method} ${route.path().replace(/undefined/, ':id')}`, route] as const,
  )

const TABLES = [
  'slots',
  'credentials',
  'people',
  'sessions',
  'ledger',
  'case_log',
  'invitations',
  'answers',
  'case_keys',
  'case_letters',
  'case_entries',
  'follow_ups',
  'reports',
  'discards',
]

const everything = async () =>
  JSON.stringify([
    ...(await Promise.all(TABLES.map(rowsIn))),
    (await db.prepare('SELECT status FROM reports').all()).results,
    (await deps.bucket.list()).objects.map(({ key }) => key),
  ])

test('R21: Every staff route of the edge stands in this matrix', () => {
  const listed = ROUTES.map(({ method, path }) => `${method} /api/staff/${path().split('?')[0]}`)
  const routes = edge.routes.filter(
    ({ method, path }) => method !== 'ALL' && path.startsWith('/api/staff/'),
  )
  const missing = routes.filter(({ method, path }) => {
    const matcher = new RegExp(`^${method} ${path.replace(/:\w+/g, '[^/]+')}$`)
    return !listed.some((each) => matcher.test(each))
  })
  expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([])
  expect(routes.length).toBeGreaterThan(30)
})

describe('a request from another site', () => {
  test.each(named(changing))(
    'R20: %s from another site is refused and changes nothing',
    async (_name, { method, path, body }) => {
      const who = people['both']!
      const wanted = sentAs(await body?.(who))
      const before = await everything()
      const send = (headers: Record<string, string>) =>
        ask(`/api/staff/${path()}`, {
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

  test('Another site may read no response of the staff API', async () => {
    const preflight = await ask('/api/staff/reports', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    })
    expect(preflight.status).toBe(403)
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('a request without a session', () => {
  test.each(named(guarded))(
    'R21: %s without a session is refused with signed_out and changes nothing',
    async (_name, { method, path, body }) => {
      const wanted = await body?.(people['both']!)
      const before = await everything()
      for (const cookie of ['', `__Host-oasis=${noise(32)}`])
        await expectRefusal(await asStaff(path(), method, wanted, cookie), 401, 'signed_out')
      expect(await everything()).toBe(before)
    },
  )
})

describe('a role that is not allowed', () => {
  test.each(
    named(guarded).flatMap(([name, route]) =>
      (['admin', 'intake', 'waiting'] as const)
        .filter((role) => !route.roles?.includes(role))
        .map((role) => [name, role, route] as const),
    ),
  )(
    'R21: %s by the role %s is refused with not_allowed and changes nothing',
    async (_name, role, { method, path, body }) => {
      const who = people[role]!
      const before = await everything()
      const answer = await asStaff(path(), method, await body?.(who), who.cookie)
      await expectRefusal(answer, 403, 'not_allowed')
      expect(await everything()).toBe(before)
    },
  )
})

describe('a role that is allowed', () => {
  test.each(
    named(guarded)
      .filter(([, route]) => route.method === 'GET')
      .flatMap(([name, route]) => (route.roles ?? []).map((role) => [name, role, route] as const)),
  )('R21: %s by the role %s is answered with 200', async (_name, role, { path }) => {
    const answer = await asStaff(path(), 'GET', undefined, people[role]?.cookie)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

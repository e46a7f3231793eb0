// Lists the calls that need no session, one or more for each route of docs/api.md that needs none.
// `npm run bench` prices the calls, and a test checks the rows that the calls store (R39).
import { concat, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { fileId, sealedLength } from '#protocol/file/seal-chunk'
import { CHUNK_SIZES, ID_BYTES, MAX_FILES, TOKEN_BYTES } from '#protocol/limits'
import { KIND, reportIdOf, type Kind } from '#protocol/report/envelope'
import { destroyBody, type ReceiptKeys } from '#protocol/report/receipt'
import { CHALLENGE_ID_BYTES } from '#protocol/staff/sign-in'
import { formRequest, freshKeys, inboxRequest, reportRequest } from '#scripts/lab/bench/requests'

/** The knowledge of a stranger: a report of their own, and a challenge that the edge has issued. */
export interface Stranger {
  origin: string
  /** the staff host */
  staffOrigin: string
  seal: (own: ReceiptKeys, kind?: Kind) => Promise<Bytes>
  own: ReceiptKeys
  /** the envelope of a report that is stored */
  stored: Bytes
  challengeId: string
}

export interface AnonymousCall {
  name: string
  /** method and pattern, as the router has them */
  route: string
  stores: 'nothing' | 'a report' | 'a chunk' | 'an end'
  status: number
  /** makes the request; `at` counts the requests of this call */
  request: (at: number) => Promise<[path: string, init: RequestInit]>
}

const OCTETS = { 'content-type': 'application/octet-stream' }
const MULTIPART = 'multipart/form-data; boundary=x'
const SMALL_CHUNK = sealedLength(Math.min(...CHUNK_SIZES))

const octets = (body: Bytes, headers: Record<string, string> = {}, method = 'POST') =>
  ({ method, body, headers: { ...OCTETS, ...headers } }) satisfies RequestInit
const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
})

export function anonymousCalls(stranger: Stranger): AnonymousCall[] {
  return [...reporterCalls(stranger), ...pageCalls(), ...staffCalls(stranger)]
}

type Request = ReturnType<AnonymousCall['request']> | [path: string, init: RequestInit]

const call =
  (stores: AnonymousCall['stores']) =>
  (
    route: string,
    name: string,
    status: number,
    request: (at: number) => Request,
  ): AnonymousCall => ({ stores, route, name, status, request: async (at) => request(at) })
const nothing = call('nothing')
const report = call('a report')

function reporterCalls({ seal, own, stored, origin }: Stranger): AnonymousCall[] {
  const chunk = (owner: Bytes, at: number): [string, RequestInit] => [
    `/api/files/${toB64(fileId(owner, at % MAX_FILES))}/${Math.floor(at / MAX_FILES)}`,
    octets(new Uint8Array(SMALL_CHUNK), {}, 'PUT'),
  ]
  const stray = () => reportRequest(stored, randomBytes(TOKEN_BYTES)).headers
  return [
    nothing('GET /api/keys', 'keys', 200, () => ['/api/keys', {}]),
    nothing('GET /api/keys/hybrid', 'hybrid key', 200, () => ['/api/keys/hybrid', {}]),
    nothing('GET /api/health', 'health', 200, () => ['/api/health', {}]),
    report('POST /api/reports', 'a new report', 201, async () => [
      '/api/reports',
      reportRequest(await seal(await freshKeys())),
    ]),
    report('POST /api/reports', 'a follow-up without a thread', 201, async () => [
      '/api/reports',
      { ...reportRequest(await seal(await freshKeys(), KIND.followUp)), headers: stray() ?? {} },
    ]),
    nothing('POST /api/reports', 'a report sent again', 201, () => [
      '/api/reports',
      reportRequest(stored),
    ]),
    nothing('POST /api/reports', 'a broken report', 400, () => [
      '/api/reports',
      reportRequest(new Uint8Array(stored.length)),
    ]),
    nothing('POST /api/reports', 'a report of an unknown epoch', 409, () => [
      '/api/reports',
      reportRequest(stored.slice().fill(9, 4, 8).fill(7, 8, 24)),
    ]),
    nothing('POST /api/inbox', 'inbox, an unknown number', 200, () => [
      '/api/inbox',
      inboxRequest(),
    ]),
    nothing('POST /api/inbox', 'inbox, a known number', 200, () => [
      '/api/inbox',
      inboxRequest(own.lookup),
    ]),
    nothing('POST /api/inbox/destroy', 'end of an unknown number', 204, () => [
      '/api/inbox/destroy',
      octets(randomBytes(destroyBody(own).length)),
    ]),
    nothing('POST /api/inbox/destroy', 'end with a wrong token', 204, () => [
      '/api/inbox/destroy',
      octets(concat(own.lookup, randomBytes(TOKEN_BYTES))),
    ]),
    call('a chunk')('PUT /api/files/:id/:n', 'a chunk of a known report', 204, async (at) =>
      chunk(await reportIdOf(stored), at + 1),
    ),
    nothing('PUT /api/files/:id/:n', 'a chunk of an unknown report', 404, (at) =>
      chunk(randomBytes(ID_BYTES), at),
    ),
    nothing('PUT /api/files/:id/:n', 'a chunk sent again', 204, async () =>
      chunk(await reportIdOf(stored), 0),
    ),
    nothing('GET /api/files/:id/:n', 'an unknown file of a reply', 404, (at) => [
      chunk(randomBytes(ID_BYTES), at)[0],
      {},
    ]),
    nothing('GET /api/check', 'the key of the check', 503, () => ['/api/check', {}]),
    nothing('POST /api/check', 'a check with a made-up token', 503, () => [
      '/api/check',
      octets(concat(randomBytes(ID_BYTES), new Uint8Array(40).fill(65)), { origin }),
    ]),
  ]
}

function pageCalls(): AnonymousCall[] {
  const page = (path: string, status: number, route = path) =>
    nothing(`GET ${route}`, `page ${path}`, status, () => [path, { redirect: 'manual' }])
  const forms = '/api/form/:lang'
  const broken = { 'content-type': MULTIPART }
  return [
    page('/', 200),
    page('/exit', 200),
    page('/exit/now', 303),
    page('/api/form/ky', 303, forms),
    page('/api/form/ky/answer', 303, `${forms}/answer`),
    page('/api/form/ky/send', 303, `${forms}/send`),
    report(`POST ${forms}`, 'a form', 201, () => ['/api/form/ky', formRequest()]),
    nothing(`POST ${forms}`, 'an empty form', 400, () => ['/api/form/ky', form({ text: '' })]),
    nothing(`POST ${forms}`, 'a broken form', 400, () => [
      '/api/form/ky',
      { method: 'POST', body: 'x', headers: broken },
    ]),
    nothing(`POST ${forms}/answer`, 'a form with a wrong number', 400, () => [
      '/api/form/ky/answer',
      form({ receipt: '1'.repeat(28), action: 'read' }),
    ]),
    nothing(`POST ${forms}/send`, 'a form without a letter', 400, () => [
      '/api/form/ky/send',
      form({ text: 'no letter' }),
    ]),
  ]
}

function staffCalls({ staffOrigin, challengeId }: Stranger): AnonymousCall[] {
  const post = (path: string, body: unknown): [string, RequestInit] => [
    `/api/staff/${path}`,
    {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { origin: staffOrigin, 'content-type': 'application/json' },
    },
  ]
  const response = {
    id: toB64(randomBytes(ID_BYTES)),
    response: { userHandle: toB64(randomBytes(ID_BYTES)) },
  }
  const staff = (path: string, name: string, status: number, body: () => unknown) =>
    nothing(`POST /api/staff/${path}`, name, status, () => post(path, body()))
  const made = () => toB64(randomBytes(CHALLENGE_ID_BYTES))
  return [
    staff('sign-in/options', 'sign-in, a challenge', 200, () => ({})),
    staff('sign-in', 'sign-in, a made-up challenge', 401, () => ({
      challengeId: made(),
      response,
    })),
    staff('sign-in', 'sign-in, an unknown passkey', 401, () => ({ challengeId, response })),
    staff('sign-out', 'sign-out without a session', 204, () => ({})),
    staff('invitations/open', 'a made-up invitation', 404, () => ({
      token: toB64(randomBytes(TOKEN_BYTES)),
    })),
    staff('invitations/accept', 'a broken acceptance', 400, () => ({ challengeId: made() })),
  ]
}

// Lists the calls that do not require a session, at least one for each such route in docs/api.md.
// `npm run bench` calculates the price of the calls, and a test checks the rows that the calls
// store (R39).
import moved from '#content/moved.json' with { type: 'json' }
import { randomBytes, toB64 } from '#protocol/bytes'
import { HASH_BYTES, ID_BYTES, TOKEN_BYTES } from '#protocol/limits'
import { CHALLENGE_ID_BYTES } from '#protocol/staff/people/sign-in'
import { describeCall, type AnonymousCall, type Stranger } from '#scripts/lab/bench/describe-call'
import { reporterCalls } from '#scripts/lab/bench/reporter-calls'
import { formRequest } from '#scripts/lab/bench/requests'

const MULTIPART = 'multipart/form-data; boundary=x'

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
})

export function anonymousCalls(stranger: Stranger): AnonymousCall[] {
  return [...reporterCalls(stranger), ...pageCalls(), ...staffCalls(stranger)]
}

const nothing = describeCall('nothing')

function pageCalls(): AnonymousCall[] {
  const page = (path: string, status: number, route = path) =>
    nothing(`GET ${route}`, `page ${path}`, status, () => [path, { redirect: 'manual' }])
  const forms = '/api/form/:lang'
  const broken = { 'content-type': MULTIPART }
  return [
    page('/', 200),
    page('/exit', 200),
    page('/exit/now', 303),
    ...Object.keys(moved).map((from) => page(`/ky/${from}/`, 301, `/:lang/${from}`)),
    page('/api/form/ky', 303, forms),
    page('/api/form/ky/answer', 303, `${forms}/answer`),
    page('/api/form/ky/send', 303, `${forms}/send`),
    describeCall('a report')(`POST ${forms}`, 'a form', 201, () => ['/api/form/ky', formRequest()]),
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
      row: toB64(randomBytes(HASH_BYTES)),
    })),
    staff('invitations/accept', 'a broken acceptance', 400, () => ({ challengeId: made() })),
  ]
}

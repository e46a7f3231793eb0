// Lists the anonymous calls from the reporting pages: keys, reports, the inbox, files and the
// check.
import { concat, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { fileId, sealedLength } from '#protocol/file/seal-chunk'
import { CHUNK_SIZES, ID_BYTES, MAX_FILES, TOKEN_BYTES } from '#protocol/limits'
import { KIND, reportIdOf } from '#protocol/report/envelope'
import { destroyBody } from '#protocol/report/receipt'
import { describeCall, type AnonymousCall, type Stranger } from '#scripts/lab/bench/describe-call'
import { freshKeys, inboxRequest, reportRequest } from '#scripts/lab/bench/requests'

const OCTETS = { 'content-type': 'application/octet-stream' }
const SMALL_CHUNK = sealedLength(Math.min(...CHUNK_SIZES))

const octets = (body: Bytes, headers: Record<string, string> = {}, method = 'POST') =>
  ({ method, body, headers: { ...OCTETS, ...headers } }) satisfies RequestInit

const nothing = describeCall('nothing')
const report = describeCall('a report')

export function reporterCalls({ seal, own, stored, origin }: Stranger): AnonymousCall[] {
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
    describeCall('a chunk')('PUT /api/files/:id/:n', 'a chunk of a known report', 204, async (at) =>
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

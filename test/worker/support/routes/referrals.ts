// Lists the routes for receivers and for referral files.
import { sha256, toB64 } from '#protocol/bytes'
import { SEALED_FILE_LENGTHS } from '#protocol/staff/case-log/bodies'
import { RECEIVER_BYTES } from '#protocol/staff/receivers'
import { deps } from '../edge.ts'
import { asStaff, noise, signed, type Person } from '../staff.ts'
import { owned, shared } from './objects.ts'
import { actionRow, type Row } from './row.ts'
import { reportOf, theWorld } from './world.ts'

const [SHORTEST = 0] = SEALED_FILE_LENGTHS
const FILE_BYTES = new Uint8Array(SHORTEST).fill(7)
const FILE_HASH = toB64(await sha256(FILE_BYTES))
const CASEWORK: Row['roles'] = ['intake', 'caseworker']

const record = () => ({ generation: 1, sealed: noise(12 + RECEIVER_BYTES + 16) })
const newRecord = async (who: Person, id: string) => ({
  signed: await signed(who, 'receiver.set', id, { receiver: id, recordHash: noise(32) }),
  record: record(),
})

/** Stores a receiver. @returns its id */
async function receiver(): Promise<string> {
  const { colleague } = theWorld()
  const id = noise(16)
  await asStaff(`receivers/${id}`, 'PUT', await newRecord(colleague, id), colleague.cookie)
  return id
}

/** Stores a report with a referral file. */
async function referredOf(who: Person): Promise<string> {
  const id = await reportOf(who)
  await deps.bucket.put(`referrals/${id}/${FILE_HASH}`, FILE_BYTES)
  return id
}

export const REFERRAL_ROWS: Row[] = [
  {
    method: 'PUT',
    path: (id) => `reports/${id}/referral-files/${FILE_HASH}`,
    roles: CASEWORK,
    body: () => Promise.resolve(FILE_BYTES),
    needsProof: false,
    object: owned('a case', reportOf, {
      own: 204,
      missing: [404, 'not_found'],
      malformed: [400, 'malformed'],
    }),
  },
  {
    method: 'GET',
    path: (id) => `reports/${id}/referral-files/${FILE_HASH}`,
    roles: CASEWORK,
    needsProof: false,
    object: owned('a case', referredOf, {
      own: 200,
      missing: [404, 'not_found'],
      malformed: [400, 'malformed'],
    }),
  },
  {
    method: 'GET',
    path: () => 'receivers',
    roles: ['intake'],
    needsProof: false,
    object: null,
  },
  actionRow('receiver.set', {
    body: newRecord,
    object: {
      ...shared('a receiver', receiver, {
        existing: 204,
        missing: 204,
        malformed: [400, 'malformed'],
      }),
      // A receiver is new if no row has named its id yet.
      missing: { id: () => noise(16), outcome: 204 },
    },
  }),
  {
    method: 'PUT',
    path: (id) => `receivers/${id}/sealed`,
    roles: ['intake'],
    body: () => Promise.resolve(record()),
    needsProof: false,
    object: shared('a receiver', receiver, {
      existing: 204,
      missing: [404, 'not_found'],
      malformed: [400, 'malformed'],
    }),
  },
]

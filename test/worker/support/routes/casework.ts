// Lists the routes for working on cases together: records, danger, assignment, merging, search, and
// changes to many cases at once.
import { randomBytes, toB64 } from '#protocol/bytes'
import { contentHashOf } from '#protocol/report/letter-content'
import { idOf, sealed } from '../edge.ts'
import { noise, signed } from '../staff.ts'
import { owned, shared } from './objects.ts'
import { actionRow, type Row } from './row.ts'
import { reportOf, theWorld } from './world.ts'

const put = { method: 'PUT', roles: ['intake', 'caseworker'] } satisfies Partial<Row>
const post = { method: 'POST', roles: ['intake'] } satisfies Partial<Row>

/** 15 bytes: too short for an id, but valid as the subject of a signed change. */
const FIFTEEN_BYTES = 'A'.repeat(20)

let pieces = 0
const generation = (outcomes: Parameters<typeof shared>[2]) =>
  shared('a generation', () => '1', outcomes, { missing: '77', malformed: 'x' })

const seen = { followUps: 0, rows: 0 }

export const CASEWORK_ROWS: Row[] = [
  ...[
    { under: 'seen', body: seen },
    { under: 'seen/back', body: { mark: seen, before: null } },
  ].map(({ under, body }) => ({
    ...put,
    path: (id: string) => `reports/${id}/${under}`,
    body: () => Promise.resolve(body),
    needsProof: false,
    object: owned('a case', reportOf, {
      ...{ own: 204, missing: 204, malformed: [400, 'malformed'] as const },
    }),
  })),
  { ...post, method: 'GET', path: () => 'lines?since=2026-11-01', needsProof: false, object: null },
  {
    ...post,
    path: () => 'cases/heads',
    body: (_who, id) => Promise.resolve({ cases: [id] }),
    needsProof: false,
    object: owned(
      'a case',
      reportOf,
      { own: 200, missing: 200, malformed: [400, 'malformed'] },
      { isParsedFirst: true },
    ),
  },
  {
    ...post,
    path: () => 'cases/changes',
    body: async (who, id) => ({
      changes: [
        {
          ...{ case: id, action: 'status.set' },
          signed: await signed(who, 'status.set', id, {
            ...{ from: 'new', to: 'in_progress', followUps: 0 },
          }),
        },
      ],
    }),
    needsProof: false,
    object: owned(
      'a case',
      reportOf,
      { own: 200, missing: 200, malformed: [400, 'malformed'] },
      { malformed: FIFTEEN_BYTES, isParsedFirst: true },
    ),
  },
  actionRow('letter.enter', {
    body: async (who) => {
      const envelope = await sealed(theWorld().org)
      const contentHash = toB64(await contentHashOf(envelope))
      return {
        signed: await signed(who, 'letter.enter', await idOf(envelope), { contentHash }),
        envelope: toB64(envelope),
      }
    },
    object: null,
  }),
  { ...put, method: 'GET', path: () => 'me/views', needsProof: false, object: null },
  {
    ...put,
    path: () => 'me/views',
    body: () => Promise.resolve({ sealed: noise(9328), base: null }),
    needsProof: false,
    object: null,
  },
  { ...put, method: 'GET', path: () => 'cases/tally', needsProof: false, object: null },
  { ...post, method: 'GET', path: () => 'cases/left', needsProof: false, object: null },
  {
    ...put,
    method: 'GET',
    path: (id) => `cases/sealed?ids=${id}`,
    needsProof: false,
    object: owned('cases that may be read', reportOf, {
      ...{ own: 200, missing: 200, malformed: [400, 'malformed'] },
    }),
  },
  {
    ...post,
    method: 'GET',
    path: (id) => `pieces/${id}`,
    needsProof: false,
    object: generation({ existing: 200, missing: 200, malformed: [400, 'malformed'] }),
  },
  {
    ...post,
    method: 'GET',
    path: (id) => `pieces/${id}/0`,
    needsProof: false,
    object: generation({
      ...{ existing: 200, missing: [404, 'not_found'], malformed: [400, 'malformed'] },
    }),
  },
  {
    ...post,
    method: 'PUT',
    // A piece is stored only once without a tag, so each call has its own number.
    path: (id) => `pieces/${id}/${String((pieces += 1))}`,
    body: () => Promise.resolve(randomBytes(200)),
    needsProof: false,
    object: generation({
      ...{ existing: 200, missing: [409, 'chain_moved'], malformed: [400, 'malformed'] },
    }),
  },
  {
    ...post,
    path: (id) => `pieces/${id}/end`,
    body: () => Promise.resolve({}),
    needsProof: false,
    object: generation({
      existing: [409, 'team_in_use'],
      missing: [409, 'team_in_use'],
      malformed: [400, 'malformed'],
    }),
  },
]

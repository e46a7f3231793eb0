// Lists the routes by which colleagues work on cases together: records, danger, assignment,
// merging, finding, and many cases at once.
import { randomBytes, sha256, toB64 } from '#protocol/bytes'
import { contentHashOf } from '#protocol/report/letter-content'
import { ChainHead } from '#protocol/staff/chain'
import type { Action } from '#protocol/staff/actions'
import { idOf, sealed } from '../edge.ts'
import { getAs, noise, signed, type Person } from '../staff.ts'
import { owned, shared } from './objects.ts'
import type { Row } from './row.ts'
import { newReport, reportOf, theWorld } from './world.ts'

const put = { method: 'PUT', roles: ['intake', 'caseworker'] } satisfies Partial<Row>
const post = { method: 'POST', roles: ['intake'] } satisfies Partial<Row>

/** 15 bytes: shorter than an id, but a subject that can be signed. */
const FIFTEEN_BYTES = 'A'.repeat(20)

const caseWith = (own: number) =>
  owned(
    'a case',
    reportOf,
    { own, missing: [404, 'not_found'], malformed: [404, 'not_found'] },
    { malformed: FIFTEEN_BYTES },
  )

async function withEntry(
  who: Person,
  [action, id]: [Action, string],
  plain: (hash: string) => unknown,
) {
  const bytes = randomBytes(540)
  const body = await signed(who, action, id, plain(toB64(await sha256(bytes))))
  return { signed: body, sealed: toB64(bytes) }
}

async function headOf(id: string): Promise<string> {
  const answer = await getAs(theWorld().colleague, `reports/${id}/head`)
  return answer.ok ? ChainHead.parse(await answer.json()).head : noise(32)
}

let pieces = 0
const generation = (outcomes: Parameters<typeof shared>[2]) =>
  shared('a generation', () => '1', outcomes, { missing: '77', malformed: 'x' })

export const CASEWORK_ROWS: Row[] = [
  {
    ...put,
    path: (id) => `reports/${id}/records`,
    body: (who, id) =>
      withEntry(who, ['record.set', id], (recordHash) => ({
        ...{ keyNo: 1, record: 0, revision: 1, recordHash },
      })),
    needsProof: false,
    object: caseWith(204),
  },
  {
    ...put,
    path: (id) => `reports/${id}/danger`,
    body: (who, id) =>
      withEntry(who, ['danger.set', id], (entryHash) => ({ danger: true, keyNo: 1, entryHash })),
    needsProof: false,
    object: caseWith(204),
  },
  {
    ...put,
    roles: ['intake'],
    path: (id) => `reports/${id}/assignee`,
    body: async (who, id) => ({
      signed: await signed(who, 'case.assign', id, {
        ...{ from: null, to: theWorld().colleague.id, isGranted: false },
      }),
      grants: [],
    }),
    needsProof: false,
    object: caseWith(204),
  },
  {
    ...post,
    path: (id) => `reports/${id}/merge`,
    body: async (who, id) => {
      const into = await newReport()
      return {
        merged: await signed(who, 'case.merge', id, { into }),
        absorbed: await signed(who, 'case.absorb', into, {
          ...{ from: id, head: await headOf(id), also: [] },
        }),
        grants: [],
      }
    },
    needsProof: false,
    object: owned(
      'a case',
      reportOf,
      { own: 204, missing: [404, 'not_found'], malformed: [400, 'malformed'] },
      { malformed: FIFTEEN_BYTES },
    ),
  },
  {
    ...put,
    path: (id) => `reports/${id}/seen`,
    body: () => Promise.resolve({ followUps: 0, rows: 0 }),
    needsProof: false,
    object: owned('a case', reportOf, {
      ...{ own: 204, missing: 204, malformed: [400, 'malformed'] },
    }),
  },
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
  {
    ...post,
    path: () => 'letters',
    body: async (who) => {
      const envelope = await sealed(theWorld().org)
      const contentHash = toB64(await contentHashOf(envelope))
      return {
        signed: await signed(who, 'letter.enter', await idOf(envelope), { contentHash }),
        envelope: toB64(envelope),
      }
    },
    needsProof: false,
    object: null,
  },
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

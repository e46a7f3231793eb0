// Lists the routes for reports, their cases and files, waiting reports and discards.
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { fileId } from '#protocol/file/seal-chunk'
import { predicate } from '../discards.ts'
import { deps } from '../edge.ts'
import { noise, signed, type Person } from '../staff.ts'
import { owned, shared } from './objects.ts'
import { actionRow, type Outcome, type Row } from './row.ts'
import { discardOf, FILE, reportOf, waitingReport } from './world.ts'

const get = { method: 'GET', roles: ['intake'] } satisfies Partial<Row>
const CASEWORK: Row['roles'] = ['intake', 'caseworker']
const post = { method: 'POST', roles: ['intake'] } satisfies Partial<Row>

const NO_FILE = toB64(fileId(randomBytes(16), 0))

/** The object of a route that reads a report. The head of a log without rows is all zeros. */
const readReport = (missing: Outcome) =>
  owned('a report', reportOf, { own: 200, missing, malformed: [400, 'malformed'] })

/** Stores the first file in a person's case. @returns the id of the file */
async function fileOf(who: Person): Promise<string> {
  const id = toB64(fileId(fromB64(await reportOf(who)), 0))
  await deps.bucket.put(`files/${id}/0`, randomBytes(8208))
  return id
}

export const CASE_ROWS: Row[] = [
  {
    method: 'GET',
    path: () => 'counts',
    roles: ['admin', 'intake', 'caseworker'],
    needsProof: false,
    object: null,
  },
  {
    ...get,
    path: (id) => `counts?report=${id}`,
    roles: CASEWORK,
    needsProof: false,
    object: owned('a report', reportOf, { own: 200, missing: 200, malformed: [400, 'malformed'] }),
  },
  { ...get, path: () => 'reports', roles: CASEWORK, needsProof: false, object: null },
  {
    ...get,
    path: (id) => `reports/${id}/head`,
    roles: CASEWORK,
    needsProof: false,
    object: readReport(200),
  },
  {
    ...get,
    path: (id) => `reports/${id}`,
    roles: CASEWORK,
    needsProof: false,
    object: readReport([404, 'not_found']),
  },
  {
    ...get,
    path: (id) => `letters/untaken?epochs=${id}`,
    needsProof: false,
    object: shared(
      'an epoch',
      () => '1',
      { existing: 200, missing: 200, malformed: [400, 'malformed'] },
      { missing: '77', malformed: 'x' },
    ),
  },
  {
    ...get,
    path: (id) => `case-keys?generation=${id}`,
    needsProof: false,
    object: shared(
      'a generation',
      () => '1',
      { existing: 200, missing: 200, malformed: [400, 'malformed'] },
      { missing: '77', malformed: 'x' },
    ),
  },
  {
    ...post,
    path: () => 'case-keys/rewrap',
    body: (_who, caseId) =>
      Promise.resolve({ from: 1, to: 2, keys: [{ caseId, keyNo: 1, sealed: noise(88) }] }),
    needsProof: false,
    object: owned(
      'a case key',
      reportOf,
      { own: 204, missing: 204, malformed: [400, 'malformed'] },
      { isParsedFirst: true },
    ),
  },
  {
    ...get,
    path: (id) => `waiting?partition=${id}`,
    needsProof: false,
    object: shared(
      'a partition',
      () => '0',
      { existing: 200, missing: [400, 'malformed'], malformed: [400, 'malformed'] },
      { missing: '9', malformed: '..' },
    ),
  },
  {
    ...post,
    path: () => 'waiting/take-in',
    body: (_who, id) => Promise.resolve({ partition: '0', name: id, id }),
    needsProof: false,
    object: shared(
      'a waiting report',
      waitingReport,
      { existing: 204, missing: [404, 'not_found'], malformed: [400, 'malformed'] },
      { isParsedFirst: true },
    ),
  },
  { ...get, path: () => 'discards', needsProof: false, object: null },
  {
    ...post,
    path: () => 'discards/preview',
    body: () => Promise.resolve(predicate),
    needsProof: false,
    object: null,
  },
  actionRow('reports.discard', {
    body: (who, id) => signed(who, 'reports.discard', id, { ...predicate, stored: 0, waiting: 0 }),
    object: owned('an id that a discard has already', discardOf, {
      own: [409, 'discard_open'],
      missing: [409, 'discard_open'],
      malformed: [400, 'malformed'],
    }),
  }),
  actionRow('discard.withdraw', {
    body: (who, id) => signed(who, 'discard.withdraw', id, { discard: id }),
    object: owned('a discard', discardOf, {
      own: 204,
      missing: [404, 'not_found'],
      malformed: [400, 'malformed'],
    }),
  }),
  {
    ...get,
    path: (id) => `files/${id}`,
    roles: CASEWORK,
    needsProof: false,
    object: owned(
      'a file',
      fileOf,
      { own: 200, missing: 200, malformed: [400, 'malformed'] },
      { missing: NO_FILE, isParsedFirst: true },
    ),
  },
  {
    ...get,
    path: (id) => `files/${id}/0`,
    roles: CASEWORK,
    needsProof: false,
    object: owned(
      'a chunk',
      fileOf,
      { own: 200, missing: [404, 'not_found'], malformed: [400, 'malformed'] },
      { missing: NO_FILE, isParsedFirst: true },
    ),
  },
  {
    ...post,
    method: 'PUT',
    path: (id) => `reports/${id}/files/${FILE}/0`,
    roles: CASEWORK,
    body: () => Promise.resolve(randomBytes(8208)),
    needsProof: false,
    object: owned('a report', reportOf, {
      own: 204,
      missing: [404, 'not_found'],
      malformed: [400, 'malformed'],
    }),
  },
]

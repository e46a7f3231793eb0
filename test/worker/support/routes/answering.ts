// Lists the routes for answering: templates, the reading and writing marks, and the key for
// letters.
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { noise, signed } from '../staff.ts'
import { owned, shared } from './objects.ts'
import { actionRow, type Row } from './row.ts'
import { reportOf } from './world.ts'

const TEXT = 'Окудук'

export const ANSWER_ROWS: Row[] = [
  {
    method: 'PUT',
    path: (id) => `reports/${id}/reading`,
    roles: ['intake', 'caseworker'],
    body: () => Promise.resolve({ sealed: noise(4096) }),
    needsProof: false,
    object: owned('a case', reportOf, {
      ...{ own: 204, missing: [409, 'no_return_number'], malformed: [400, 'malformed'] },
    }),
  },
  {
    method: 'PUT',
    path: (id) => `reports/${id}/writing`,
    roles: ['intake', 'caseworker'],
    needsProof: false,
    object: owned('a case', reportOf, {
      ...{ own: 204, missing: [404, 'not_found'], malformed: [400, 'malformed'] },
    }),
  },
  {
    method: 'GET',
    path: () => 'epochs/hybrid',
    roles: ['intake'],
    needsProof: false,
    object: null,
  },
  {
    method: 'GET',
    path: () => 'templates',
    roles: ['admin', 'intake', 'caseworker'],
    needsProof: false,
    object: null,
  },
  actionRow('template.set', {
    body: async (who, name) => ({
      signed: await signed(who, 'template.set', name, {
        name,
        textHash: toB64(await sha256(utf8(TEXT))),
      }),
      text: TEXT,
    }),
    object: shared(
      'a template',
      () => 'ky.first',
      { existing: 204, missing: [400, 'malformed'], malformed: [400, 'malformed'] },
      { missing: 'ky.nothing', malformed: 'x' },
    ),
  }),
]

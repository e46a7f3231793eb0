// Lists the routes about answering: templates, the mark that somebody reads, the key of letters.
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { noise, signed } from '../staff.ts'
import { owned } from './objects.ts'
import type { Row } from './row.ts'
import { reportOf } from './world.ts'

const TEXT = 'Окудук'

export const ANSWER_ROWS: Row[] = [
  {
    method: 'PUT',
    path: (id) => `reports/${id}/reading`,
    roles: ['intake'],
    body: () => Promise.resolve({ sealed: noise(4096) }),
    object: owned('a case', reportOf, {
      ...{ own: 204, missing: [404, 'not_found'], malformed: [400, 'malformed'] },
    }),
  },
  { method: 'GET', path: () => 'epochs/hybrid', roles: ['intake'], object: null },
  { method: 'GET', path: () => 'templates', roles: ['admin', 'intake'], object: null },
  {
    method: 'PUT',
    path: () => 'templates/ky.first',
    roles: ['admin'],
    body: async (who) => ({
      signed: await signed(who, 'template.set', 'ky.first', {
        name: 'ky.first',
        textHash: toB64(await sha256(utf8(TEXT))),
      }),
      text: TEXT,
    }),
    object: null,
  },
]

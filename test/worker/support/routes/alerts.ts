// Lists the routes for duty, quiet hours, a person's own settings, and the devices that are called
// for alerts.
import { noise, signed } from '../staff.ts'
import { actionRow, type Outcome, type Row } from './row.ts'
import { shared } from './objects.ts'

const post = { method: 'POST' } as const
const BOTH: Row['roles'] = ['admin', 'intake']
const STAFF: Row['roles'] = ['admin', 'intake', 'caseworker']
const empty = () => Promise.resolve({})

const device = (malformed: Outcome) =>
  shared('a device that nobody has', () => noise(16), {
    ...{ existing: [404, 'not_found'], missing: [404, 'not_found'], malformed },
  })

export const ALERT_ROWS: Row[] = [
  { method: 'GET', path: () => 'alerts/devices', roles: BOTH, needsProof: false, object: null },
  {
    ...post,
    path: () => 'alerts/devices',
    roles: BOTH,
    body: () =>
      Promise.resolve({
        endpoint: 'https://fcm.googleapis.com/fcm/send/x',
        p256dh: noise(65),
        auth: noise(16),
      }),
    needsProof: false,
    object: null,
  },
  {
    ...post,
    path: (id) => `alerts/devices/${id}/test`,
    roles: BOTH,
    body: empty,
    needsProof: false,
    object: device([404, 'not_found']),
  },
  {
    ...post,
    path: (id) => `alerts/devices/${id}/remove`,
    roles: BOTH,
    body: empty,
    needsProof: false,
    object: device([400, 'malformed']),
  },
  actionRow('rota.set', {
    body: (who) =>
      signed(who, 'rota.set', who.id, {
        ...{ nightFrom: 22, nightUntil: 8, days: [] },
        nights: Array.from({ length: 7 }, () => []),
      }),
    object: null,
  }),
  actionRow('quiet.set', {
    body: (who) => signed(who, 'quiet.set', who.id, { from: 22, until: 8, hasDigest: true }),
    object: null,
  }),
  { method: 'GET', path: () => 'me/settings', roles: STAFF, needsProof: false, object: null },
  {
    method: 'PUT',
    path: () => 'me/settings',
    roles: STAFF,
    body: () => Promise.resolve({ done: [], isFirstDayOver: false, hasBreaks: true }),
    needsProof: false,
    object: null,
  },
]

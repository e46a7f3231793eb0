// Lists the routes for people, invitations, shared keys, the ledger and alerts.
import { FORMER_NAME_BYTES } from '#protocol/staff/people/former-name'
import { takingOf } from '../alerts.ts'
import type { Person } from '../staff.ts'
import { newcomer, noise, person, RESTART, signed } from '../staff.ts'
import { checkpointOf } from './checkpoint.ts'
import { owned, shared } from './objects.ts'
import { actionRow, type Row } from './row.ts'
import { ALERT, invitationOf, LEAVER, theWorld } from './world.ts'

const post = { method: 'POST' } as const
const BOTH: Row['roles'] = ['admin', 'intake']
const STAFF: Row['roles'] = ['admin', 'intake', 'caseworker']
const empty = () => Promise.resolve({})

/**
 * Public keys, keyed by the id of the newcomer or colleague, for each person made for this table.
 */
const keysOf = new Map<string, { signPublic: string; hpkePublic: string }>()
const STRANGE = { signPublic: noise(65), hpkePublic: noise(1216) }
const keysFor = (id: string) => keysOf.get(id) ?? STRANGE

/**
 * Makes a person who is not in keysOf yet, and records that person's public keys.
 */
const someone = (make: typeof newcomer) => async (): Promise<string> => {
  const { id, keys } = await make('admin')
  keysOf.set(id, { signPublic: keys.signPublic, hpkePublic: keys.hpkePublic })
  return id
}
const someNewcomer = someone(newcomer)
const someColleague = someone(person)

/** Returns the caller's own id, or the id of a new person when the test needs another person. */
const selfOr =
  (make: () => Promise<string>) =>
  (who: Person): string | Promise<string> =>
    who === theWorld().colleague ? make() : who.id

const epochChange = (action: 'epoch.retire' | 'epoch.end') => (who: Person, id: string) =>
  signed(who, action, id, { epoch: Number(id), day: '2099-01-01' })

const teamChange = (who: Person, id: string) =>
  signed(who, 'team.end', id, { generation: Number(id) })

/** The number of an epoch or generation that was never opened, and a malformed number. */
const NUMBERS = { missing: '77', malformed: 'x' }

export const ORGANISATION_ROWS: Row[] = [
  actionRow('invitation.create', {
    body: (who) => {
      const tokenHash = noise(32)
      const change = { tokenHash, roles: ['admin'], expiresAt: Date.now() + 3_600_000 }
      return signed(who, 'invitation.create', tokenHash, change)
    },
    object: null,
  }),
  actionRow('invitation.withdraw', {
    body: (who, tokenHash) => signed(who, 'invitation.withdraw', tokenHash, { tokenHash }),
    object: owned(
      'an invitation',
      invitationOf,
      { own: 204, missing: [404, 'invitation_unknown'], malformed: [400, 'malformed'] },
      { missing: noise(32) },
    ),
  }),
  { method: 'GET', path: () => 'people', roles: STAFF, needsProof: false, object: null },
  actionRow('person.confirm', {
    body: async (who, id) => ({
      signed: await signed(who, 'person.confirm', id, { ...keysFor(id), roles: ['admin'] }),
      intake: [],
      team: [],
    }),
    object: owned('a newcomer', selfOr(someNewcomer), {
      own: [404, 'person_unknown'],
      other: 204,
      missing: [404, 'person_unknown'],
      malformed: [400, 'malformed'],
    }),
  }),
  actionRow('person.refuse', {
    body: (who, id) => signed(who, 'person.refuse', id, keysFor(id)),
    object: owned('a newcomer', selfOr(someNewcomer), {
      own: [404, 'person_unknown'],
      other: 204,
      missing: [404, 'person_unknown'],
      malformed: [400, 'malformed'],
    }),
  }),
  actionRow('person.remove', {
    body: (who, id) => signed(who, 'person.remove', id, keysFor(id)),
    object: owned('a colleague, under strange keys if it is the caller', selfOr(someColleague), {
      own: [404, 'person_unknown'],
      other: 204,
      missing: [404, 'person_unknown'],
      malformed: [400, 'malformed'],
    }),
  }),
  actionRow('epoch.open', {
    // The outcome also depends on the root's certificate: see epochs.worker.test.ts.
    body: async (who) => ({
      signed: await signed(who, 'epoch.open', '2', { epoch: 2, manifest: noise(308) }),
      hybridKey: noise(1216),
      sealed: [],
      sealedForRecovery: noise(180),
    }),
    object: null,
  }),
  actionRow('epoch.retire', {
    body: epochChange('epoch.retire'),
    object: shared(
      'the newest epoch',
      () => '1',
      {
        existing: [409, 'chain_moved'],
        missing: [409, 'chain_moved'],
        malformed: [400, 'malformed'],
      },
      NUMBERS,
    ),
  }),
  actionRow('epoch.end', {
    body: epochChange('epoch.end'),
    object: shared(
      'the newest epoch',
      () => '1',
      { existing: [400, 'malformed'], missing: [400, 'malformed'], malformed: [400, 'malformed'] },
      NUMBERS,
    ),
  }),
  actionRow('team.open', {
    body: async (who) => ({
      signed: await signed(who, 'team.open', '2', { generation: 2, commitment: noise(32) }),
      sealed: [],
      sealedForRecovery: noise(1168),
    }),
    object: null,
  }),
  actionRow('team.end', {
    body: teamChange,
    object: shared(
      'the newest generation',
      () => '1',
      {
        existing: [409, 'chain_moved'],
        missing: [409, 'chain_moved'],
        malformed: [400, 'malformed'],
      },
      NUMBERS,
    ),
  }),
  actionRow('keys.lose', {
    body: (who, id) => {
      const keys = [{ caseId: noise(16), keyNo: 1 }]
      return signed(who, 'keys.lose', id, { generation: Number(id), total: 1, keys })
    },
    object: shared(
      'the newest generation',
      () => '1',
      {
        existing: [409, 'chain_moved'],
        missing: [409, 'chain_moved'],
        malformed: [400, 'malformed'],
      },
      NUMBERS,
    ),
  }),
  {
    method: 'GET',
    path: () => 'ledger',
    roles: [...STAFF, 'waiting'],
    needsProof: false,
    object: null,
  },
  { method: 'GET', path: () => 'ledger/head', roles: STAFF, needsProof: false, object: null },
  actionRow('ledger.restart', {
    body: (who) => signed(who, 'ledger.restart', who.id, RESTART),
    object: null,
  }),
  { method: 'GET', path: () => 'case-heads', roles: ['intake'], needsProof: false, object: null },
  {
    method: 'GET',
    path: () => `case-logs?ids=${noise(16)}`,
    roles: ['intake'],
    needsProof: false,
    object: null,
  },
  actionRow('checkpoint.sign', {
    body: checkpointOf,
    object: null,
  }),
  {
    method: 'GET',
    path: (id) => `checkpoints/${id}`,
    roles: ['intake'],
    needsProof: false,
    object: shared(
      'a checkpoint',
      () => String(theWorld().checkpointRow),
      { existing: 200, missing: [404, 'not_found'], malformed: [400, 'malformed'] },
      { missing: '7777', malformed: 'x' },
    ),
  },
  {
    method: 'GET',
    path: (id) => `checkpoints/${id}/0`,
    roles: ['intake'],
    needsProof: false,
    object: shared(
      'a bucket of a checkpoint',
      () => String(theWorld().checkpointRow),
      { existing: 200, missing: [404, 'not_found'], malformed: [400, 'malformed'] },
      { missing: '7777', malformed: 'x' },
    ),
  },
  { method: 'GET', path: () => 'alerts/open', roles: BOTH, needsProof: false, object: null },
  {
    ...post,
    path: () => 'alerts/take',
    roles: BOTH,
    body: async (who, id) => ({ id, from: null, taking: await takingOf(who, id) }),
    needsProof: false,
    object: shared(
      'the open alert',
      () => ALERT,
      { existing: 200, missing: 200, malformed: [400, 'malformed'] },
      { isParsedFirst: true },
    ),
  },
  {
    ...post,
    path: () => 'alerts/give-back',
    roles: BOTH,
    body: (_who, id) => Promise.resolve({ id }),
    needsProof: false,
    object: shared(
      'an alert that the person may have',
      () => ALERT,
      { existing: 200, missing: 200, malformed: [400, 'malformed'] },
      { isParsedFirst: true },
    ),
  },
  { method: 'GET', path: () => 'alerts', roles: ['admin'], needsProof: false, object: null },
  {
    ...post,
    path: () => 'alerts/test',
    roles: ['admin'],
    body: empty,
    needsProof: false,
    object: null,
  },
  // A sealed name keeps a generation in use, so this row comes after the rows that end generations.
  {
    method: 'PUT',
    path: (id) => `people/${id}/former-name`,
    roles: ['intake'],
    body: () =>
      Promise.resolve({ generation: 1, sealed: noise(12 + FORMER_NAME_BYTES + 16), copies: [] }),
    needsProof: false,
    object: shared('the name of a person who left', () => LEAVER, {
      existing: 204,
      missing: [404, 'person_unknown'],
      malformed: [400, 'malformed'],
    }),
  },
]

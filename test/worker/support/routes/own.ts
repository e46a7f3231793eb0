// Lists the routes that people use to sign in and to manage their own keys and sessions.
import { randomBytes, toB64 } from '#protocol/bytes'
import { nameHashOf } from '#protocol/staff/people/person-name'
import { invitation, joining, linkOf, noise, sheetSlot, signed, type Person } from '../staff.ts'
import { owned, shared } from './objects.ts'
import { actionRow, type Row } from './row.ts'
import { sessionOf, slotOf, theWorld } from './world.ts'

const EVERYBODY: Row['roles'] = ['admin', 'intake', 'caseworker', 'waiting']
const STAFF: Row['roles'] = ['admin', 'intake', 'caseworker']
const empty = () => Promise.resolve({})
const LONG = noise(32)
const post = { method: 'POST' } as const

/** Returns the proof for the sheet with this lookup, or random bytes if nobody has the sheet. */
const proofOf = (lookup: string): string => {
  const { people, colleague } = theWorld()
  const owner = [...Object.values(people), colleague].find(({ paper }) => paper.lookup === lookup)
  return owner?.paper.proof ?? noise(32)
}
const byPaper = (_who: Person, lookup: string) =>
  Promise.resolve({ lookup, proof: proofOf(lookup) })
const sheetOf = ({ paper }: Person): string => paper.lookup

const challenge = (_who: Person, challengeId: string) =>
  Promise.resolve({ challengeId, response: {} })

const acceptBody = async (_who: Person, token: string): Promise<unknown> => {
  const { body } = await joining(await invitation(['admin']))
  return { ...body, token }
}

export const OWN_ROWS: Row[] = [
  {
    ...post,
    path: () => 'sign-in/options',
    body: empty,
    roles: null,
    needsProof: false,
    object: null,
  },
  {
    ...post,
    path: () => 'sign-in',
    body: challenge,
    roles: null,
    needsProof: false,
    object: shared(
      'a challenge, with a response that is none',
      () => toB64(randomBytes(56)),
      {
        existing: [401, 'challenge_unknown'],
        missing: [401, 'challenge_unknown'],
        malformed: [400, 'malformed'],
      },
      { missing: toB64(randomBytes(56)), isParsedFirst: true },
    ),
  },
  {
    ...post,
    path: () => 'sign-in/paper',
    body: byPaper,
    roles: null,
    needsProof: false,
    object: owned(
      'a sheet',
      sheetOf,
      { own: 200, missing: [404, 'paper_unknown'], malformed: [400, 'malformed'] },
      { isParsedFirst: true },
    ),
  },
  { ...post, path: () => 'sign-out', body: empty, roles: null, needsProof: false, object: null },
  {
    ...post,
    path: () => 'invitations/open',
    // A malformed token has no row in the table.
    body: (_who, token) => linkOf(token).catch(() => ({ token, row: LONG })),
    roles: null,
    needsProof: false,
    object: shared(
      'the token of an invitation',
      () => invitation(['admin']),
      { existing: 200, missing: [404, 'invitation_unknown'], malformed: [400, 'malformed'] },
      { missing: LONG, isParsedFirst: true },
    ),
  },
  actionRow('person.join', {
    body: acceptBody,
    object: shared(
      'the token of another invitation than was opened',
      () => invitation(['admin']),
      {
        existing: [401, 'challenge_unknown'],
        missing: [404, 'invitation_unknown'],
        malformed: [400, 'malformed'],
      },
      { missing: LONG, isParsedFirst: true },
    ),
  }),
  { method: 'GET', path: () => 'me', roles: EVERYBODY, needsProof: false, object: null },
  actionRow('keeper.certify', {
    body: (who, id) => signed(who, 'keeper.certify', id, {}),
    object: owned('a person whom the root did not certify', ({ id }) => id, {
      own: [403, 'signature_refused'],
      missing: [403, 'signature_refused'],
      malformed: [403, 'signature_refused'],
    }),
  }),
  actionRow('person.certify', {
    // Only the root's signature matters, so a person without a role may submit a certificate.
    body: async (who, id) => ({
      person: id,
      signed: await signed(who, 'person.certify', id, {
        ...{ signPublic: noise(65), hpkePublic: noise(1216), nameHash: noise(32) },
        roles: ['admin'],
      }),
      keeper: null,
      intake: [],
      team: [],
    }),
    object: owned(
      'a person whom the root did not certify',
      ({ id }) => id,
      {
        own: [403, 'signature_refused'],
        other: [403, 'not_allowed'],
        missing: [403, 'not_allowed'],
        malformed: [400, 'malformed'],
      },
      { isParsedFirst: true },
    ),
  }),
  actionRow('person.rename', {
    body: async (who) => {
      const named = { name: 'Бермет', salt: noise(16) }
      const change = { nameHash: await nameHashOf(named) }
      return { ...named, signed: await signed(who, 'person.rename', who.id, change) }
    },
    object: null,
  }),
  {
    ...post,
    path: () => 'me/new-keys/options',
    roles: STAFF,
    body: empty,
    needsProof: true,
    object: null,
  },
  actionRow('person.rekey', {
    body: async (who) => {
      const publicKeys = { signPublic: noise(65), hpkePublic: noise(1216) }
      return {
        passkey: { challengeId: noise(56), response: {} },
        keys: { ...publicKeys, sealedPrivate: noise(60) },
        slots: [(await sheetSlot()).slot, (await sheetSlot()).slot],
        signed: await signed(who, 'person.rekey', who.id, publicKeys),
      }
    },
    object: null,
  }),
  { method: 'GET', path: () => 'prove', roles: EVERYBODY, needsProof: true, object: null },
  {
    ...post,
    path: () => 'prove/options',
    roles: EVERYBODY,
    body: empty,
    needsProof: false,
    object: null,
  },
  {
    ...post,
    path: () => 'prove',
    roles: EVERYBODY,
    body: challenge,
    needsProof: false,
    object: shared(
      'a challenge, with a response that is none',
      () => toB64(randomBytes(56)),
      {
        existing: [401, 'challenge_unknown'],
        missing: [401, 'challenge_unknown'],
        malformed: [400, 'malformed'],
      },
      { missing: toB64(randomBytes(56)), isParsedFirst: true },
    ),
  },
  {
    ...post,
    path: () => 'prove/paper',
    roles: EVERYBODY,
    body: byPaper,
    needsProof: false,
    object: owned(
      'a sheet',
      sheetOf,
      {
        own: 204,
        other: [404, 'paper_unknown'],
        missing: [404, 'paper_unknown'],
        malformed: [400, 'malformed'],
      },
      { isParsedFirst: true, isOthersKept: true },
    ),
  },
  { method: 'GET', path: () => 'me/keys', roles: EVERYBODY, needsProof: false, object: null },
  {
    ...post,
    path: () => 'me/slots/options',
    roles: EVERYBODY,
    body: empty,
    needsProof: true,
    object: null,
  },
  {
    ...post,
    path: () => 'me/slots',
    roles: EVERYBODY,
    body: async () => ({ name: '', slot: (await sheetSlot()).slot, passkey: null }),
    needsProof: true,
    object: null,
  },
  {
    ...post,
    path: (id) => `me/slots/${id}/name`,
    roles: EVERYBODY,
    body: () => Promise.resolve({ name: 'x' }),
    needsProof: false,
    object: owned(
      'a slot',
      slotOf,
      {
        own: 204,
        other: [404, 'slot_unknown'],
        missing: [404, 'slot_unknown'],
        malformed: [400, 'malformed'],
      },
      { isOthersKept: true },
    ),
  },
  {
    ...post,
    path: (id) => `me/slots/${id}/remove`,
    roles: EVERYBODY,
    body: empty,
    needsProof: true,
    object: owned(
      'a slot',
      slotOf,
      {
        own: 204,
        other: [404, 'slot_unknown'],
        missing: [404, 'slot_unknown'],
        malformed: [400, 'malformed'],
      },
      { isOthersKept: true },
    ),
  },
  {
    ...post,
    path: (id) => `me/sessions/${id}/end`,
    roles: EVERYBODY,
    body: empty,
    // An ended session receives the same response as another person's session, so that it reveals
    // nothing.
    needsProof: false,
    object: owned(
      'a session',
      sessionOf,
      { own: 204, other: 204, missing: 204, malformed: [400, 'malformed'] },
      { isOthersKept: true },
    ),
  },
  {
    ...post,
    path: () => 'me/sessions/end-others',
    roles: EVERYBODY,
    body: empty,
    needsProof: false,
    object: null,
  },
]

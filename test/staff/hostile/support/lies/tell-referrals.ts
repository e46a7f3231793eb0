// Lies about the referrals of a case. The server makes up consents, second signatures, states and
// files. The server uses its own key and everything that it stores.
import { randomBytes, sha256, toB64, utf8 } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { statementMessage } from '#protocol/staff/chain'
import { headOf, type LedgerRow } from '#protocol/staff/ledger/rows'
import { Statement } from '#protocol/staff/statement'
import { type Chance } from '#scripts/shared/seeded-random'

/** Everything that a server can use besides the case that it shows. */
export interface ReferralHand {
  chance: Chance
  /** a key that no roster lists */
  key: CryptoKey
  /** ids of the colleagues whom the server may name */
  people: readonly string[]
  /** another case of the same office, with its own referrals */
  other: StoredCase
  /** a letter with a contact, which the server sealed for the thread of the case */
  letter: StoredCase['followUps'][number]
}

export type ReferralLie = (
  stored: StoredCase,
  hand: ReferralHand,
) => StoredCase | Promise<StoredCase>

const actionOf = ({ statement }: LedgerRow): string => Statement.parse(JSON.parse(statement)).action
const isAbout = (row: LedgerRow): boolean => actionOf(row).startsWith('referral.')

/** Returns false when another lie has left nothing to change. */
export const hasReferrals = ({ log, entries }: StoredCase): boolean =>
  entries.length > 0 && log.some((row) => actionOf(row) === 'referral.make')

type Fields = Record<string, unknown>

/** Adds a row in the name of a colleague, signed with the server's key. */
async function addRow(
  { item, log, entries, ...rest }: StoredCase,
  { chance, key, people }: ReferralHand,
  action: string,
  fields: Fields,
): Promise<StoredCase> {
  const last = Statement.parse(JSON.parse(log.at(-1)?.statement ?? '{}'))
  const sealed = chance.one(entries).sealed
  const entryHash = toB64(await sha256(Buffer.from(sealed, 'base64url')))
  const change = JSON.stringify({ keyNo: 1, followUps: 0, absorbed: 0, entryHash, ...fields })
  const statement = JSON.stringify({
    ...{ ...last, action, actor: chance.one(people), prev: toB64(await headOf(log)) },
    changeHash: toB64(await sha256(utf8(change))),
  })
  const signature = await signBytes(key, statementMessage('case-log', statement))
  const row = { change, statement, signature: toB64(signature) }
  return { ...rest, item, log: [...log, row], entries: [...entries, { n: log.length + 1, sealed }] }
}

/** Returns a reference to a referral in the log. */
async function anyPlace({ log }: StoredCase, { chance }: ReferralHand) {
  const rows = log.flatMap((row, at) => (actionOf(row) === 'referral.make' ? [at + 1] : []))
  const row = chance.one(rows)
  return { row, hash: toB64(await headOf(log.slice(0, row))) }
}

const STATES = ['made', 'sent', 'accepted', 'rejected', 'done', 'revoked', 'told'] as const

/** Changes the text of one row about a referral, but keeps the signature of that row. */
const editRow =
  (edit: (fields: Fields, hand: ReferralHand) => Fields): ReferralLie =>
  ({ log, ...rest }, hand) => {
    const at = hand.chance.one(log.flatMap((row, n) => (isAbout(row) ? [n] : [])))
    const edited = log.map((row, n) => {
      if (n !== at) return row
      const change = edit(JSON.parse(row.change) as Fields, hand)
      return { ...row, change: JSON.stringify(change) }
    })
    return { ...rest, log: edited }
  }

/** Lists the rows with second signatures, with their row numbers. */
const secondsIn = ({ log }: StoredCase) =>
  log.flatMap((row, at) => (actionOf(row) === 'referral.confirm' ? [{ row, n: at + 1 }] : []))

/**
 * Replays a genuine second signature, with its entry, for another referral of the case. The
 * signature does not cover the new text, so the server either keeps the statement or rewrites it.
 */
async function replaySecond(stored: StoredCase, hand: ReferralHand): Promise<StoredCase> {
  const seconds = secondsIn(stored)
  if (seconds.length === 0) return stored
  const { row, n } = hand.chance.one(seconds)
  const { log, entries } = stored
  const change = JSON.stringify({
    ...(JSON.parse(row.change) as Fields),
    of: await anyPlace(stored, hand),
  })
  const fitted = JSON.stringify({
    ...(JSON.parse(row.statement) as Fields),
    ...{ prev: toB64(await headOf(log)), changeHash: toB64(await sha256(utf8(change))) },
  })
  const statement = hand.chance.one([row.statement, fitted])
  const replayed = { change: hand.chance.one([change, row.change]), statement }
  return {
    ...stored,
    log: [...log, { ...replayed, signature: row.signature }],
    entries: [
      ...entries,
      ...entries.flatMap((each) => (each.n === n ? [{ ...each, n: log.length + 1 }] : [])),
    ],
  }
}

export const REFERRAL_LIES: Readonly<Record<string, ReferralLie>> = {
  'a second signature': async (stored, hand) =>
    addRow(stored, hand, 'referral.confirm', { of: await anyPlace(stored, hand) }),
  'a second signature of another referral': replaySecond,
  'a follow-up with a contact': ({ item, followUps, ...rest }, { letter }) => ({
    ...{ ...rest, item: { ...item, followUps: item.followUps + 1 } },
    followUps: [...followUps, letter],
  }),
  'a state': async (stored, hand) => {
    const step = { from: hand.chance.one(STATES), to: hand.chance.one(STATES) }
    return addRow(stored, hand, 'referral.mark', {
      ...{ of: await anyPlace(stored, hand), ...step },
      ...(step.to === 'sent' && { expectedDay: '2026-12-30' }),
    })
  },
  'a referral': (stored, hand) =>
    addRow(stored, hand, 'referral.make', { fileHash: toB64(randomBytes(32)), second: 'none' }),
  'fewer signatures': editRow((fields) => ({ ...fields, second: 'none' })),
  'another state': editRow((fields, { chance }) => ({ ...fields, to: chance.one(STATES) })),
  'another day': editRow((fields) => ({ ...fields, expectedDay: '2030-01-01' })),
  'another file': editRow((fields) => ({ ...fields, fileHash: toB64(randomBytes(32)) })),
  'another first row': editRow((fields, { chance }) => ({
    ...fields,
    of: { row: 1 + chance.below(9), hash: toB64(randomBytes(32)) },
  })),
  'another author': ({ log, ...rest }, { chance, people }) => {
    const at = chance.one(log.flatMap((row, n) => (isAbout(row) ? [n] : [])))
    const named = log.map((row, n) => {
      const said = JSON.parse(row.statement) as Fields
      return n === at
        ? { ...row, statement: JSON.stringify({ ...said, actor: chance.one(people) }) }
        : row
    })
    return { ...rest, log: named }
  },
  'a row of another case': ({ log, ...rest }, { chance, other }) => ({
    ...rest,
    log: [...log, chance.one(other.log.filter(isAbout))],
  }),
  'a row twice': ({ log, ...rest }, { chance }) => ({
    ...rest,
    log: [...log, chance.one(log.filter(isAbout))],
  }),
  'a row less': ({ log, ...rest }, { chance }) => {
    const at = chance.below(log.length)
    return { ...rest, log: log.filter((_, n) => n !== at) }
  },
  'two rows in another order': ({ log, ...rest }, { chance }) => {
    const at = chance.below(log.length - 1)
    const [one, two] = log.slice(at, at + 2)
    return { ...rest, log: one && two ? log.toSpliced(at, 2, two, one) : log }
  },
  'an older case': ({ log, entries, ...rest }, { chance }) => {
    const end = 1 + chance.below(log.length)
    return { ...rest, log: log.slice(0, end), entries: entries.filter(({ n }) => n <= end) }
  },
  'two entries in each other’s place': ({ entries, ...rest }, { chance }) => {
    const [one, two] = [chance.one(entries), chance.one(entries)]
    const swapped = entries.map(({ n, sealed }) => ({
      ...{ n, sealed: n === one.n ? two.sealed : n === two.n ? one.sealed : sealed },
    }))
    return { ...rest, entries: swapped }
  },
  'an entry of another case': ({ entries, ...rest }, { chance, other }) => {
    const at = chance.one(entries).n
    const { sealed } = chance.one(other.entries)
    return { ...rest, entries: entries.map((each) => (each.n === at ? { ...each, sealed } : each)) }
  },
  'an entry less': ({ entries, ...rest }, { chance }) => {
    const at = chance.one(entries).n
    return { ...rest, entries: entries.filter(({ n }) => n !== at) }
  },
  'noise for an entry': ({ entries, ...rest }, { chance }) => {
    const at = chance.one(entries).n
    const changed = entries.map(({ n, sealed }) => ({
      ...{ n, sealed: n === at ? toB64(randomBytes((sealed.length * 3) >> 2)) : sealed },
    }))
    return { ...rest, entries: changed }
  },
}

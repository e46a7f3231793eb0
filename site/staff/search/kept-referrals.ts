// Keeps the referrals of reports in the index, so that the register need not open every case.
// Everything that the index keeps about referrals comes from sealed entries. The rows are not
// verified here, so a server could forge the state in their texts. The screen of a case compares
// the entries with the signed rows.
import * as z from 'zod/mini'
import { sha256, toB64 } from '#protocol/bytes'
import { endedFirst } from '#protocol/staff/case-log/ended-first'
import { NamedReceiver } from '#protocol/staff/case-log/referral'
import {
  BASES,
  InformedState,
  ReferralNeed,
  ReferralState,
} from '#protocol/staff/case-log/referral-fields'
import {
  foldReferrals,
  type ReferralRow,
  type SignedReferral,
} from '#protocol/staff/case-log/referral-state'
import { decodeB64 } from '#protocol/staff/native-b64'
import { firstEnd, informedState } from '../case/read/owed-facts.ts'
import type { OwedFacts } from '../case/read/owed-for.ts'
import { needOf } from '../case/read/referral-rules.ts'
import { type LoadedEntry } from '../case/read/read-entries.ts'

const Told = z.nullable(InformedState)
/** The author, the UTC minute, and the number of the row. */
const base = { n: z.int(), author: z.string(), at: z.string() }

/** The part of an entry about a referral that the index keeps. */
export const KeptReferral = z.discriminatedUnion('is', [
  z.object({
    ...base,
    is: z.literal('made'),
    /** SHA-256 of the sealed entry, by which the other entries refer to it */
    hash: z.string(),
    receiver: NamedReceiver,
    basis: z.enum(BASES),
    second: ReferralNeed,
    consentEnds: z.nullable(z.string()),
    told: Told,
  }),
  z.object({ ...base, is: z.literal('second'), of: z.string() }),
  z.object({
    ...base,
    is: z.literal('mark'),
    of: z.string(),
    from: ReferralState,
    to: ReferralState,
    expectedDay: z.optional(z.nullable(z.string())),
    told: Told,
  }),
])
export type KeptReferral = z.infer<typeof KeptReferral>
type Made = Extract<KeptReferral, { is: 'made' }>
type Mark = Extract<KeptReferral, { is: 'mark' }>

/** A referral as the register shows it. */
export interface IndexedReferral {
  signed: SignedReferral
  receiver: NamedReceiver
  basis: Made['basis']
  facts: OwedFacts
}

interface ReportReferrals {
  id: string
  /** see ReadCase */
  mergedFirst: string | null
  referrals: readonly KeptReferral[]
}

interface ReportEntries {
  entries: readonly LoadedEntry[]
  /** the sealed entries of the report, keyed by row */
  sealed: ReadonlyMap<number, string>
}

/** Reads one report's entries about referrals. */
export async function keptReferralsOf({ entries, sealed }: ReportEntries): Promise<KeptReferral[]> {
  const kept = entries.map(async ({ n, author, entry }): Promise<KeptReferral[]> => {
    if (!entry) return []
    const by = { n, author, at: entry.at }
    if (entry.kind === 'referral_second') return [{ ...by, is: 'second', of: entry.of }]
    if (entry.kind === 'referral_mark') {
      const { of, from, to, expectedDay, told } = entry
      const expected = expectedDay === undefined ? {} : { expectedDay }
      return [
        { ...by, is: 'mark', of, from, to, ...expected, told: told ? informedState(told) : null },
      ]
    }
    if (entry.kind !== 'referral') return []
    const { basis, receiver } = entry
    return [
      {
        ...{ ...by, is: 'made', receiver, basis: basis.kind, second: needOf(entry) },
        hash: toB64(await sha256(decodeB64(sealed.get(n) ?? ''))),
        consentEnds: firstEnd(entry),
        told: basis.kind === 'consent' ? null : informedState(basis.told),
      },
    ]
  })
  return (await Promise.all(kept)).flat()
}

/**
 * Lists the referrals of a case.
 *
 * @param reports  the case and the cases that it absorbed, in any order
 */
export function referralsIn(reports: readonly ReportReferrals[]): IndexedReferral[] {
  const chain = reports.map(({ mergedFirst, ...rest }) => ({ ...rest, mergedInto: mergedFirst }))
  const all = endedFirst(chain).flatMap(({ id, referrals }) =>
    referrals.map((kept) => ({ id, kept })),
  )
  const made = new Map(
    all.flatMap(({ id, kept }) => (kept.is === 'made' ? [[kept.hash, { id, kept }] as const] : [])),
  )
  const rows = all.flatMap(({ id, kept }): ReferralRow[] => {
    const { n, author: actor, at } = kept
    const by = { caseId: id, n, actor, day: at.slice(0, at.indexOf('T')), hash: null }
    if (kept.is === 'made') {
      const change = { ...ABOUT, fileHash: '', second: kept.second }
      return [{ ...by, action: 'referral.make', change }]
    }
    const named = made.get(kept.of)
    if (!named) return []
    const of = { row: named.kept.n, hash: '', caseId: named.id }
    return [
      kept.is === 'second'
        ? { ...by, action: 'referral.confirm', change: { ...ABOUT, of } }
        : { ...by, action: 'referral.mark', change: { ...ABOUT, of, ...stepOf(kept) } },
    ]
  })
  const places = new Map([...made.values()].map((each) => [`${each.id} ${each.kept.n}`, each.kept]))
  return [...foldReferrals(rows)].flatMap(([name, signed]) => {
    const kept = places.get(name)
    return kept ? [indexed(signed, kept, all)] : []
  })
}

/** The rules of foldReferrals never read these fields. */
const ABOUT = { keyNo: 0, entryHash: '', followUps: 0 }

const stepOf = ({ from, to, expectedDay }: Mark) => ({
  ...{ from, to },
  ...(expectedDay !== undefined && { expectedDay }),
})

function indexed(
  signed: SignedReferral,
  { receiver, basis, at, consentEnds, told }: Made,
  all: readonly { id: string; kept: KeptReferral }[],
): IndexedReferral {
  const marks = signed.steps.flatMap(({ caseId, n, to }) =>
    all.flatMap(({ id, kept }) =>
      kept.is === 'mark' && id === caseId && kept.n === n
        ? [{ at: kept.at, to, told: kept.told }]
        : [],
    ),
  )
  return { signed, receiver, basis, facts: { madeAt: at, consentEnds, told, marks } }
}

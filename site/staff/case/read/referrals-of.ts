// Finds the referrals of a case, and the next step of each: who must take it, and since when. Rows
// supply the state and the signatures; only entries that match their rows supply words.
import type {
  ReferralEntry,
  ReferralMarkEntry,
  ReferralSecond,
} from '#protocol/staff/case-log/referral'
import { endedFirst, type MergedCase } from '#protocol/staff/case-log/ended-first'
import {
  foldReferrals,
  type ReferralRow,
  type ReferralStep,
  type SignedReferral,
} from '#protocol/staff/case-log/referral-state'
import { type Entry } from '../../crypto/case-entry.ts'
import { owedFor, type Owed, type OwedView } from './owed-for.ts'
import { owedFactsOf } from './owed-facts.ts'
import {
  brokenRules,
  consentName,
  consentsIn,
  needOf,
  type ReferralFacts,
  type ReferralRule,
} from './referral-rules.ts'

/**
 * The reasons for showing a referral in red.
 *
 * - `closed`: its entry does not open, or is not the signed one
 * - `second`: its row requires fewer signatures than its entry needs
 * - `file`: its row and its entry refer to different files
 * - `mark`: the state in an entry differs from the state in its row
 */
export type ReferralDoubt = ReferralRule | 'closed' | 'second' | 'file' | 'mark'

export interface Referral {
  signed: SignedReferral
  /** SHA-256 of the referral's sealed entry, by which later entries refer to the referral */
  entryHash: string
  /** null for an entry that does not open, or that is not the signed one */
  entry: ReferralEntry | null
  second: ReferralSecond | null
  /** the marks, oldest first */
  marks: readonly { step: ReferralStep; entry: ReferralMarkEntry | null }[]
  owed: readonly Owed[]
  doubts: readonly ReferralDoubt[]
}

/** The rows about referrals of a case, or of a case that it absorbed, with their entries. */
export interface ReferralPart extends MergedCase {
  rows: readonly ReferralRow[]
  /** keyed by the row; an entry that is not the signed one is absent */
  entries: ReadonlyMap<number, Entry | null>
}

interface ReferralView extends OwedView {
  facts: Pick<ReferralFacts, 'roleOf' | 'isListed'>
}

/**
 * Lists the referrals of a case, oldest first; the referrals of absorbed cases come first.
 *
 * @param parts  the case and the cases that it absorbed, in any order
 */
export function referralsOf(parts: readonly ReferralPart[], view: ReferralView): Referral[] {
  const entries = new Map(parts.map((part) => [part.id, part.entries]))
  const rows = endedFirst(parts).flatMap((part) => part.rows)
  const used = new Set<string>()
  return [...foldReferrals(rows).values()].map((signed) => {
    const referral = referralFrom(signed, rows, (caseId, n) => entries.get(caseId)?.get(n) ?? null)
    const doubts = doubtsOf(referral, rows, { ...view.facts, grounds: null, used })
    if (referral.entry) for (const each of consentsIn(referral.entry)) used.add(consentName(each))
    return { ...referral, doubts, owed: owedFor(signed, owedFactsOf(referral), view) }
  })
}

type Found = Omit<Referral, 'doubts' | 'owed'>

function referralFrom(
  signed: SignedReferral,
  rows: readonly ReferralRow[],
  entryOf: (caseId: string, n: number) => Entry | null,
): Found {
  const entry = entryOf(signed.caseId, signed.n)
  const { confirmed } = signed
  const second = confirmed && entryOf(confirmed.caseId, confirmed.n)
  return {
    signed,
    entryHash: rowAt(rows, signed)?.change.entryHash ?? '',
    entry: entry?.kind === 'referral' ? entry : null,
    second: second?.kind === 'referral_second' ? second : null,
    marks: signed.steps.map((step) => {
      const mark = entryOf(step.caseId, step.n)
      return { step, entry: mark?.kind === 'referral_mark' ? mark : null }
    }),
  }
}

const rowAt = (
  rows: readonly ReferralRow[],
  { caseId, n }: { caseId: string; n: number },
): ReferralRow | undefined => rows.find((row) => row.caseId === caseId && row.n === n)

function doubtsOf(
  { signed, entry, entryHash, second, marks }: Found,
  rows: readonly ReferralRow[],
  facts: ReferralFacts,
): ReferralDoubt[] {
  const isMarked = marks.every(({ step, entry: mark }) => {
    const row = rowAt(rows, step)
    if (!mark || row?.action !== 'referral.mark') return false
    const { from, to, expectedDay } = row.change
    const isSame = mark.from === from && mark.to === to && mark.expectedDay === expectedDay
    return isSame && mark.of === entryHash
  })
  const isSeconded = signed.confirmed === null || second?.of === entryHash
  return [
    ...(entry === null ? (['closed'] as const) : brokenRules(entry, facts)),
    ...(entry !== null && needOf(entry) !== signed.second ? (['second'] as const) : []),
    ...(entry !== null && entry.file.hash !== signed.fileHash ? (['file'] as const) : []),
    ...(isMarked && isSeconded ? [] : (['mark'] as const)),
  ]
}

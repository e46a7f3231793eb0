// Opens one report with its thread, for the screens. A follow-up without the reporter's MAC is
// marked, because the server could have sealed it.
import { MAX_REPLIES } from '#protocol/limits'
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { type OpenCaseKeys } from '../../crypto/case-key.ts'
import { decodeOrNone } from '#protocol/staff/native-b64'
import { contentHash, type OpenReport } from '../../crypto/open-report.ts'
import { type ReadReport } from '../../crypto/parse-report.ts'
import { ownsReceipt, proveLetters, type ProvenLetter } from '../../crypto/prove-letters.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'
import { openAnswers, openLetters, type OurReply } from './open-letters.ts'
import { readCase, type CaseParts } from './read-case.ts'
import { signedParts, type SignedParts } from './signed-parts.ts'

export interface LoadedLetter extends ProvenLetter {
  id: string
  day: string
  report: ReadReport | null
}

/** A first letter, with the hash that the case log records for it. */
export interface FirstLetter extends OpenReport {
  contentHash: string
}

/** A letter that has been opened and is not in a case yet. */
export type UntakenLetter = Pick<FirstLetter, 'id' | 'cek' | 'contentHash'>

/** A report with its thread, and everything that staff store in the case that the report began. */
export interface LoadedThread extends CaseParts {
  /** id of the report that began the thread */
  id: string
  day: string
  /** the report as received from the edge */
  sealed: StoredCase
  /** from the sealed header, or from the list when the header cannot be opened */
  kind: number
  first: FirstLetter | null
  /** the first letter and the follow-ups; null for a letter that does not open */
  letters: (OpenReport | null)[]
  /** true when the first report is proven to own the return number, or has no number */
  isOwner: boolean
  followUps: LoadedLetter[]
  answers: OurReply[]
  untaken: UntakenLetter[]
  /** key and index of the next reply; null when no reply is possible */
  reply: { down: string; index: number } | null
  /** the records and entries on which a referral and its rules are based */
  signed: SignedParts
  /** true when all indexes for replies have been used up */
  full: boolean
}

/**
 * @param caseKeys  the keys of all threads of the case, because any of them may seal a letter
 * @param log  see signedParts
 */
export async function openThread(
  keys: Pick<UnlockedKeys, 'intake'>,
  caseKeys: OpenCaseKeys,
  stored: StoredCase,
  log: CaseLog | null,
): Promise<LoadedThread> {
  const { item } = stored
  const thread = decodeThread(stored)
  const { first, followUps } = await openLetters(keys, caseKeys, thread)
  const later = followUps.map(({ letter }) => letter)
  const proofs = await proveLetters(first, later)
  const isOwner = first !== null && (first.report.down === undefined || (await ownsReceipt(first)))
  const index = nextIndex(stored.answers)
  const down = first?.report.down
  const parts = await readCase(caseKeys, stored)
  return {
    id: item.id,
    day: item.day,
    sealed: stored,
    kind: first?.header.kind ?? item.kind,
    first: first && { ...first, contentHash: await contentHash(stored.envelope) },
    letters: [first, ...later],
    isOwner,
    followUps: followUps.map(({ id, day, letter }, at) => ({
      id,
      day,
      report: letter?.report ?? null,
      ...(proofs[at] ?? UNPROVEN),
    })),
    answers: (await openAnswers(first, thread.answers)).sort((a, b) => a.index - b.index),
    ...parts,
    signed: await signedParts(stored, parts, log),
    // Only the report that owns the number may contain the follow-ups to that number.
    untaken: await untakenOf(stored, [first, ...(isOwner ? later : [])]),
    reply: stored.answerable && isOwner && down && index !== null ? { down, index } : null,
    full: index === null,
  }
}

/** Decodes the sealed parts of a thread. A string that is not base64url yields no bytes. */
const decodeThread = ({ item, taken, envelope, followUps, answers }: StoredCase) => ({
  id: item.id,
  taken,
  envelope: decodeOrNone(envelope),
  followUps: followUps.map((each) => ({ ...each, envelope: decodeOrNone(each.envelope) })),
  answers: answers.map((each) => ({ ...each, sealed: decodeOrNone(each.sealed) })),
})

const UNPROVEN: ProvenLetter = { isProven: false, missingBefore: 0 }

async function untakenOf(
  { item, envelope, followUps, taken }: StoredCase,
  letters: readonly (OpenReport | null)[],
): Promise<UntakenLetter[]> {
  const envelopes = new Map(followUps.map((each) => [each.id, each.envelope])).set(
    item.id,
    envelope,
  )
  const held = new Set(taken.map(({ id }) => id))
  const untaken = letters.filter((each) => each !== null).filter(({ id }) => !held.has(id))
  return Promise.all(
    untaken.map(async ({ id, cek }) => ({
      ...{ id, cek },
      contentHash: await contentHash(envelopes.get(id) ?? ''),
    })),
  )
}

function nextIndex(answers: { index: number }[]): number | null {
  const taken = new Set(answers.map((each) => each.index))
  for (let index = 0; index < MAX_REPLIES; index++) if (!taken.has(index)) return index
  return null
}

// Opens one report with its thread. A part that cannot be opened is null and hides no other part.
// A part of another report counts as a part that cannot be opened. A follow-up without the
// reporter's mac is marked, because the server could have sealed it.
import { caseKeyName } from '#protocol/staff/case-bodies'
import { openReply } from '#protocol/report/reply'
import { sameBytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { Refusal } from '#protocol/errors'
import { MAX_SLOTS } from '#protocol/limits'
import { type SealedFile } from '#protocol/report/plain-report'
import type { OpenedReport, TakenLetter } from '#protocol/staff/opened-report'
import { decodeB64 } from '../crypto/decode-b64.ts'
import { readFiles } from '../crypto/listed-file.ts'
import { openCek, type OpenCaseKeys } from '../crypto/case-key.ts'
import { ownsReceipt, proveLetters, type ProvenLetter } from '../crypto/prove-letters.ts'
import {
  openReport,
  openTaken,
  type OpenReport,
  type ReadReport,
  sealedMinute,
} from '../crypto/open-report.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { readCase, type CaseParts } from '../case/read-case.ts'

export interface OurReply {
  slot: number
  day: string
  /** the sealed minute; empty when it is not known */
  at: string
  text: string | null
  /** null for an entry that cannot be opened */
  files: (SealedFile | null)[]
}

export interface LoadedLetter extends ProvenLetter {
  id: string
  day: string
  report: ReadReport | null
}

/** A letter that opened and that no case has yet. */
export type UntakenLetter = Pick<OpenReport, 'id' | 'cek' | 'contentHash'>

/** A report with its thread, and what staff keep in the case that it began. */
export interface LoadedThread extends CaseParts {
  /** id of the report that began the thread */
  id: string
  day: string
  /** the report as the edge sent it */
  sealed: OpenedReport
  /** from the sealed header, or from the list when the header cannot be opened */
  kind: number
  first: OpenReport | null
  /** the first letter and the follow-ups; null for a letter that cannot be opened */
  letters: (OpenReport | null)[]
  /** true when the first report proves that it owns the return number; true without a number */
  isOwner: boolean
  followUps: LoadedLetter[]
  answers: OurReply[]
  untaken: UntakenLetter[]
  /** key and index of the next reply; null when no reply is possible */
  reply: { down: string; slot: number } | null
  /** all indexes for replies are taken */
  full: boolean
}

/** @param caseKeys  the keys of the whole case, because any of them can hold a letter */
export async function openThread(
  keys: Pick<UnlockedKeys, 'intake'>,
  caseKeys: OpenCaseKeys,
  opened: OpenedReport,
): Promise<LoadedThread> {
  const { item } = opened
  const taken = new Map(opened.taken.map((letter) => [letter.id, letter]))
  const openStored = (id: string, envelope: string): Promise<OpenReport | null> => {
    const letter = taken.get(id)
    return letter ? openFromCase(caseKeys, letter, envelope) : openAs(keys, id, envelope)
  }
  const first = await openStored(item.id, opened.envelope)
  const followed = await Promise.all(
    distinct(opened.followUps).map(async ({ id, day, envelope }) => {
      const follow = await openStored(id, envelope)
      return { id, day, follow: follow && first && continues(follow, first) ? follow : null }
    }),
  )
  const proofs = await proveLetters(
    first,
    followed.map(({ follow }) => follow),
  )
  const answers = opened.answers.map(async ({ slot, day, sealed }) => ({
    slot,
    day,
    ...(await answerIn(first, slot, sealed)),
  }))
  const letters = [first, ...followed.map(({ follow }) => follow)]
  const isOwner = first !== null && (first.report.down === undefined || (await ownsReceipt(first)))
  const slot = nextSlot(opened.answers)
  const down = first?.report.down
  // Only the report that owns the number may hold the follow-ups of the number.
  const held = [first, ...(isOwner ? letters.slice(1) : [])]
  return {
    id: item.id,
    day: item.day,
    sealed: opened,
    kind: first?.header.kind ?? item.kind,
    first,
    letters,
    isOwner,
    followUps: followed.map(({ id, day, follow }, at) => ({
      id,
      day,
      report: follow?.report ?? null,
      ...(proofs[at] ?? UNPROVEN),
    })),
    answers: (await Promise.all(answers)).sort((a, b) => a.slot - b.slot),
    ...(await readCase(caseKeys, opened)),
    untaken: held.filter((each) => each !== null).filter(({ id }) => !taken.has(id)),
    reply: opened.answerable && isOwner && down && slot !== null ? { down, slot } : null,
    full: slot === null,
  }
}

/**
 * Drops follow-ups that the server lists twice, because a reply tells how many follow-ups arrived.
 */
const distinct = (followUps: OpenedReport['followUps']): OpenedReport['followUps'] => [
  ...new Map(followUps.map((each) => [each.id, each])).values(),
]

const UNPROVEN: ProvenLetter = { isProven: false, missingBefore: 0 }

/** Returns the report when the envelope has the id that the server gave for it; else null. */
export async function openAs(
  keys: Pick<UnlockedKeys, 'intake'>,
  id: string,
  envelope: string,
): Promise<OpenReport | null> {
  const report = await orNull(openReport(keys.intake, envelope))
  return report?.id === id ? report : null
}

/** Returns the report when the case key opens its content key; else null. */
const openFromCase = (
  caseKeys: OpenCaseKeys,
  letter: TakenLetter,
  stored: string,
): Promise<OpenReport | null> => {
  const key = caseKeys.get(caseKeyName(letter))
  if (!key) return Promise.resolve(null)
  return orNull(
    openCek(key, letter.id, letter.sealed).then((cek) => openTaken(letter.id, stored, cek)),
  )
}

/**
 * Returns true for a follow-up that names the receipt of `first`. The server knows the hash and can
 * name it too; proveLetters tells who wrote the follow-up.
 */
const continues = ({ header }: OpenReport, first: OpenReport): boolean =>
  header.kind === KIND.followUp && sameBytes(header.ownerHash, first.header.ownerHash)

async function answerIn(
  first: OpenReport | null,
  slot: number,
  sealed: string,
): Promise<Pick<OurReply, 'at' | 'text' | 'files'>> {
  const down = first?.report.down
  const answer = down
    ? await openReply(decodeB64(down), first.header.ownerHash, slot, decodeB64(sealed))
    : null
  return {
    at: sealedMinute(answer?.at ?? ''),
    text: answer?.text ?? null,
    files: readFiles(answer?.files),
  }
}

function nextSlot(answers: { slot: number }[]): number | null {
  const taken = new Set(answers.map((each) => each.slot))
  for (let slot = 0; slot < MAX_SLOTS; slot++) if (!taken.has(slot)) return slot
  return null
}

async function orNull<Result>(opening: Promise<Result>): Promise<Result | null> {
  try {
    return await opening
  } catch (cause) {
    if (cause instanceof Refusal) return null
    throw cause
  }
}

// Fetches one report and opens all of it in the browser. A part that cannot be opened is null and
// does not hide the rest. A part of another report counts as a part that cannot be opened. A
// follow-up without the reporter's mac is marked, because the server could have sealed it.
import { openReply } from '#protocol/report/reply'
import { fromB64, sameBytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { Refusal } from '#protocol/errors'
import { MAX_SLOTS } from '#protocol/limits'
import { type SealedFile } from '#protocol/report/plain-report'
import { type OpenedReport, type QueueItem } from '#protocol/staff/cases'
import { fetchReport } from '../api/staff-api.ts'
import { readFiles } from '../crypto/listed-file.ts'
import { emptyCaseFile, openCaseFile, type CaseFile } from '../crypto/case-file.ts'
import { ownsReceipt, proveLetters, type ProvenLetter } from '../crypto/prove-letters.ts'
import {
  openReport,
  type OpenReport,
  type ReadReport,
  sealedMinute,
} from '../crypto/open-report.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'

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

export interface LoadedReport {
  item: QueueItem
  /** from the sealed header, or from the list when the header cannot be opened */
  kind: number
  /** set by the list or by any sealed header, because a server can hide it from the list only */
  danger: boolean
  first: OpenReport | null
  /** true when the first report proves that it owns the return number; true without a number */
  isOwner: boolean
  followUps: LoadedLetter[]
  answers: OurReply[]
  /** null when the case file cannot be opened; a new note would then destroy the case file */
  caseFile: CaseFile | null
  revision: number
  /** key and index of the next reply; null when no reply is possible */
  reply: { down: string; slot: number } | null
  /** all indexes for replies are taken */
  full: boolean
}

export async function loadReport(keys: UnlockedKeys, id: string): Promise<LoadedReport> {
  return openAll(keys, await fetchReport(id))
}

export async function openAll(keys: UnlockedKeys, opened: OpenedReport): Promise<LoadedReport> {
  const { item } = opened
  const first = await openAs(keys, item.id, opened.envelope)
  const followed = await Promise.all(
    distinct(opened.followUps).map(async ({ id, day, envelope }) => {
      const follow = await openAs(keys, id, envelope)
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
  const headers = [first, ...followed.map(({ follow }) => follow)]
  const isOwner = first !== null && (first.report.down === undefined || (await ownsReceipt(first)))
  const slot = nextSlot(opened.answers)
  const down = first?.report.down
  return {
    item,
    kind: first?.header.kind ?? item.kind,
    danger: item.danger || headers.some((each) => each?.header.danger === true),
    first,
    isOwner,
    followUps: followed.map(({ id, day, follow }, at) => ({
      id,
      day,
      report: follow?.report ?? null,
      ...(proofs[at] ?? UNPROVEN),
    })),
    answers: (await Promise.all(answers)).sort((a, b) => a.slot - b.slot),
    caseFile: await caseFileOf(first, opened),
    revision: opened.caseFile?.revision ?? 0,
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
  keys: UnlockedKeys,
  id: string,
  envelope: string,
): Promise<OpenReport | null> {
  const report = await orNull(openReport(keys.intake, envelope))
  return report?.id === id ? report : null
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
    ? await openReply(fromB64(down), first.header.ownerHash, slot, fromB64(sealed))
    : null
  return {
    at: sealedMinute(answer?.at ?? ''),
    text: answer?.text ?? null,
    files: readFiles(answer?.files),
  }
}

async function caseFileOf(
  first: OpenReport | null,
  { item, caseFile }: OpenedReport,
): Promise<CaseFile | null> {
  if (!first) return null
  return caseFile ? orNull(openCaseFile(first.cek, item.id, caseFile.sealed)) : emptyCaseFile()
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

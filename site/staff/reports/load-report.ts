// Fetches one report and opens all of it in the browser. A part that cannot be opened is null and does not hide the rest; one that
// belongs to another report counts as one that cannot be opened, so that a server cannot put words into a conversation.
import { openAnswer } from '#protocol/answer'
import { fromB64, sameBytes, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { MAX_SLOTS } from '#protocol/limits'
import { type SealedFile } from '#protocol/report'
import { type OpenedReport, type QueueItem } from '#protocol/staff'
import { fetchReport } from '../api/staff-api.ts'
import { readFiles } from '../files/listed-file.ts'
import { emptyCaseFile, openCaseFile, type CaseFile } from '../keys/case-file.ts'
import { openReport, type OpenReport, type ReadReport } from '../keys/open-report.ts'
import { sealedMinute } from '../keys/sealed-minute.ts'
import { type UnlockedKeys } from '../keys/unlock.ts'

export interface OurAnswer {
  slot: number
  day: string
  /** empty when it is not known */
  at: string
  text: string | null
  /** null for one that cannot be opened */
  files: (SealedFile | null)[]
}

export interface LoadedReport {
  item: QueueItem
  /** from the sealed header; the list's word stands only where that cannot be opened */
  kind: number
  /** said by the list or by any sealed header: a server can hide it from the list only */
  danger: boolean
  first: OpenReport | null
  followUps: { id: string; day: string; report: ReadReport | null }[]
  answers: OurAnswer[]
  /** null when it exists and cannot be opened: writing would destroy it */
  caseFile: CaseFile | null
  revision: number
  /** key and place of the next answer; null when nothing can be answered */
  reply: { down: string; slot: number } | null
  /** all places for answers are taken */
  full: boolean
}

export async function loadReport(keys: UnlockedKeys, id: string): Promise<LoadedReport> {
  return openAll(keys, await fetchReport(id))
}

export async function openAll(keys: UnlockedKeys, opened: OpenedReport): Promise<LoadedReport> {
  const { item } = opened
  const first = await openAs(keys, item.id, opened.envelope)
  const followed = await Promise.all(
    opened.followUps.map(async ({ id, day, envelope }) => {
      const follow = await openAs(keys, id, envelope)
      return { id, day, follow: follow && first && continues(follow, first) ? follow : null }
    }),
  )
  const answers = opened.answers.map(async ({ slot, day, sealed }) => ({
    slot,
    day,
    ...(await answerIn(first, slot, sealed)),
  }))
  const headers = [first, ...followed.map(({ follow }) => follow)]
  const slot = nextSlot(opened.answers)
  const down = first?.report.down
  return {
    item,
    kind: first?.header.kind ?? item.kind,
    danger: item.danger || headers.some((each) => each?.header.danger === true),
    first,
    followUps: followed.map(({ id, day, follow }) => ({ id, day, report: follow?.report ?? null })),
    answers: (await Promise.all(answers)).sort((a, b) => a.slot - b.slot),
    caseFile: await caseFileOf(first, opened),
    revision: opened.caseFile?.revision ?? 0,
    reply: opened.answerable && down && slot !== null ? { down, slot } : null,
    full: slot === null,
  }
}

/** The report in an envelope that carries the id under which the server hands it out; null for any other. */
async function openAs(
  keys: UnlockedKeys,
  id: string,
  envelope: string,
): Promise<OpenReport | null> {
  const report = await orNull(openReport(keys.intake, envelope))
  return report && toB64(report.header.id) === id ? report : null
}

/** True when it was added to the conversation that `first` began: only the holder of the number knows its lookup. */
const continues = ({ header }: OpenReport, first: OpenReport): boolean =>
  header.kind === KIND.followUp && sameBytes(header.lookupHash, first.header.lookupHash)

async function answerIn(
  first: OpenReport | null,
  slot: number,
  sealed: string,
): Promise<Pick<OurAnswer, 'at' | 'text' | 'files'>> {
  const down = first?.report.down
  const answer = down
    ? await openAnswer(fromB64(down), first.header.lookupHash, slot, fromB64(sealed))
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

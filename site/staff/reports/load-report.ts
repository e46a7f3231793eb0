// Fetches one report and opens all of it in the browser. A part that cannot be opened is null and does not hide the rest.
import { fromB64 } from '#protocol/bytes'
import { openAnswer } from '#protocol/answer'
import { Refusal } from '#protocol/errors'
import { MAX_SLOTS } from '#protocol/limits'
import { type PlainReport } from '#protocol/report'
import { type OpenedReport, type QueueItem } from '#protocol/staff'
import { fetchReport } from '../api/staff-api.ts'
import { emptyCaseFile, openCaseFile, type CaseFile } from '../keys/case-file.ts'
import { openReport, type OpenReport } from '../keys/open-report.ts'
import { type UnlockedKeys } from '../keys/unlock.ts'

export interface LoadedReport {
  item: QueueItem
  first: OpenReport | null
  followUps: { id: string; day: string; report: PlainReport | null }[]
  answers: { slot: number; day: string; text: string | null }[]
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
  const first = await orNull(openReport(keys.intake, opened.envelope))
  const followUps = opened.followUps.map(async ({ id, day, envelope }) => {
    const follow = await orNull(openReport(keys.intake, envelope))
    return { id, day, report: follow?.report ?? null }
  })
  const answers = opened.answers.map(async ({ slot, day, sealed }) => ({
    slot,
    day,
    text: first ? await answerText(first, slot, sealed) : null,
  }))
  const slot = nextSlot(opened.answers)
  const down = first?.report.down
  return {
    item: opened.item,
    first,
    followUps: await Promise.all(followUps),
    answers: (await Promise.all(answers)).sort((a, b) => a.slot - b.slot),
    caseFile: await caseFileOf(first, opened),
    revision: opened.caseFile?.revision ?? 0,
    reply: opened.answerable && down && slot !== null ? { down, slot } : null,
    full: slot === null,
  }
}

async function answerText(first: OpenReport, slot: number, sealed: string): Promise<string | null> {
  const { down } = first.report
  if (!down) return null
  const bytes = fromB64(sealed)
  const answer = await orNull(openAnswer(fromB64(down), first.header.lookupHash, slot, bytes))
  return answer?.text ?? null
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

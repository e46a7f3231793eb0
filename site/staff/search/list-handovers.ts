// Lists the handovers of all open cases from the data in the index. Decides which handovers a
// colleague still has to read, and which are late because nobody has read them.
import { localMs } from '#content/clock.ts'
import { DAY_MS } from '#protocol/limits'
import type { RotaSet } from '#protocol/staff/alerts/rota'
import type { Handover } from '../case/read/handovers-of.ts'
import type { IndexedCase } from './case-index.ts'

export interface HandoverLine extends Handover {
  /** the case to open: that of the handover, or the case that absorbed it */
  goesOn: string
}

const HOUR_MS = 3_600_000

/** A handover at the end of a night is for the following day, not for the rest of the night. */
const LEAST_MS = 2 * HOUR_MS

/**
 * A handover to everybody is news for a week. So a newcomer does not start with handovers that
 * colleagues dealt with long ago.
 */
const NEWS_MS = 7 * DAY_MS

/** Handovers by one colleague within this time count as one shift. */
const SHIFT_MS = 12 * HOUR_MS

type Cases = ReadonlyMap<string, Pick<IndexedCase, 'id' | 'handovers'>>

/** Lists every handover, oldest first. */
export const listHandovers = (cases: Cases): HandoverLine[] =>
  [...cases.values()]
    .flatMap(({ id, handovers }) => handovers.map((each) => ({ ...each, goesOn: id })))
    .sort((a, b) => a.at.localeCompare(b.at) || a.goesOn.localeCompare(b.goesOn))

const isFor = ({ from, to }: Handover, me: string): boolean =>
  from !== me && (to === null || to === me)

/** Returns true while a colleague still has to read a handover. */
export function isUnread(handover: Handover, me: string, now: number): boolean {
  const { to, at, readBy } = handover
  if (!isFor(handover, me) || readBy.includes(me)) return false
  return to === me || readBy.length === 0 || now - Date.parse(at) < NEWS_MS
}

/**
 * Returns the moment from which an unread handover is late. The moment is the start of the rota's
 * next day, or 24 hours after the handover if that comes first. A day of the rota begins when its
 * night ends.
 */
export function lateFrom(at: string, rota: RotaSet | null): number {
  const ms = Date.parse(at)
  if (!rota || rota.nightFrom === rota.nightUntil) return ms + DAY_MS
  const local = localMs(ms)
  let begin = local - (local % DAY_MS) + rota.nightUntil * HOUR_MS
  while (begin < local + LEAST_MS) begin += DAY_MS
  return ms + Math.min(begin - local, DAY_MS)
}

/** Returns true for a handover that nobody has read in time. */
export const isLate = ({ at, readBy }: Handover, rota: RotaSet | null, now: number): boolean =>
  readBy.length === 0 && lateFrom(at, rota) <= now

/** The colleague who views the handovers, and the current moment. */
export interface HandoverReader {
  me: string
  /** true for a reader of reports, who is also told what nobody has read in time */
  isReader: boolean
  rota: RotaSet | null
  now: number
}

/** Returns true for a handover that a colleague should read now. */
export const isDueFor = (
  handover: Handover,
  { me, isReader, rota, now }: HandoverReader,
): boolean => isUnread(handover, me, now) || (isReader && isLate(handover, rota, now))

/** Returns the position of a case among the cases that a colleague handed over in one shift. */
export function placeInShift(
  all: readonly HandoverLine[],
  current: Handover,
  me: string,
): { n: number; m: number } {
  const isOfShift = (each: HandoverLine): boolean =>
    each.from === current.from &&
    isFor(each, me) &&
    Math.abs(Date.parse(each.at) - Date.parse(current.at)) <= SHIFT_MS
  const ofShift = all.filter(isOfShift)
  const read = new Set(ofShift.filter(({ readBy }) => readBy.includes(me)).map(goesOnOf))
  const left = new Set(ofShift.filter(({ readBy }) => !readBy.includes(me)).map(goesOnOf))
  for (const id of left) read.delete(id)
  return { n: read.size + 1, m: read.size + Math.max(1, left.size) }
}

const goesOnOf = ({ goesOn }: HandoverLine): string => goesOn

/** Counts the cases to which the handovers belong. */
export const countCases = (lines: readonly HandoverLine[]): number =>
  new Set(lines.map(goesOnOf)).size

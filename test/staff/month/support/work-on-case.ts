// Performs a colleague's acts in an open case, through the modules of the staff app. A colleague
// who was too late reads the case again, and adds the unsent words as a note.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { minuteOf } from '#protocol/time'
import { EMPTY_SUMMARY, SUMMARY } from '#site/staff/crypto/case-record.ts'
import { summaryIn } from '#site/staff/case/read/read-records.ts'
import { loadReport, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendAssignment } from '#site/staff/case/write/send-assignment.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { shiftEntry } from '#site/staff/case/write/shift-entry.ts'
import { isUntaken, takeCase } from '#site/staff/case/write/take-case.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import type { Reader } from './readers.ts'
import type { Act } from './story.ts'

export type CaseAct = Exclude<Act, 'takes the alert' | 'gives the alert back'>

export interface Press {
  reader: Reader
  does: CaseAct
  words: string
  /** id of the colleague who receives the case; empty for an act that names nobody */
  to: string
}

/** After one of these refusals, a colleague reads the case again. */
const TOO_LATE: readonly ErrorCode[] = [
  ...(['network', 'assignee_changed', 'status_changed', 'slot_taken'] as const),
  ...(['record_changed', 'case_key_changed', 'chain_moved', 'report_grew', 'log_older'] as const),
]
const TRIES = 8

/** Opens a case as its screen does; the screen takes the letters in the background. */
export async function openCase({ writer }: Reader, id: string): Promise<LoadedReport> {
  try {
    await takeLetters(writer, await loadReport(writer, id))
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
  }
  return loadReport(writer, id)
}

/** Presses the button, and again after each refusal. @returns the acts that the edge has stored */
export async function press(act: Press, opened: LoadedReport): Promise<CaseAct> {
  let loaded = opened
  let does = act.does
  for (let tries = 1; ; tries++)
    try {
      if (tries === 1 || !isDone({ ...act, does }, loaded)) await PRESSES[does](act, loaded)
      return does
    } catch (thrown) {
      const code = thrown instanceof Refusal ? thrown.code : null
      if (code === null || !TOO_LATE.includes(code) || tries === TRIES) throw thrown
      loaded = await openCase(act.reader, opened.item.id)
      // A colleague acted first, so this reader's unsent words are stored as a note.
      const isOpen = does === 'answers' && !isDone(act, loaded)
      if (isOpen && isBeaten(act, loaded, opened)) does = 'notes'
    }
}

/** Returns true when the case already shows the result that the colleague wanted. */
function isDone({ does, words, to, reader }: Press, loaded: LoadedReport): boolean {
  const { item, answers, records } = loaded
  if (does === 'answers') return answers.some(({ text }) => text === words)
  if (does === 'describes the case') return summaryIn(records)?.marks.includes(words) === true
  if (does === 'gives') return item.assignee === to
  if (does === 'takes') return item.assignee !== null && item.assignee !== reader.id
  return does === 'closes' && item.status === 'closed'
}

/** Returns true when a colleague has taken the case or replied since it was opened. */
function isBeaten(
  { reader }: Press,
  { answers, item: { assignee } }: LoadedReport,
  opened: LoadedReport,
): boolean {
  const isOthers = assignee !== reader.id && assignee !== opened.item.assignee
  return isOthers || answers.length > opened.answers.length
}

const minute = (): string => minuteOf(Date.now())

const PRESSES: Record<CaseAct, (act: Press, loaded: LoadedReport) => Promise<unknown>> = {
  takes: ({ reader: { writer } }, loaded) => takeCase(writer, loaded, true),

  answers: async ({ reader: { writer, id }, words }, loaded) => {
    if (isUntaken(loaded.item, id)) await takeCase(writer, loaded, true)
    await sendReply(writer, loaded, words)
  },

  notes: ({ reader: { writer }, words }, { sealed }) =>
    writeIn(writer, sealed).entry(noteOf(words)),

  'tries to call': ({ reader: { writer }, words }, { sealed }) =>
    writeIn(writer, sealed).entry({
      ...{ v: 1, kind: 'attempt', at: minute(), text: words },
      ...{ outcome: 'no_answer', way: 'phone', triedAt: minute() },
    }),

  plans: ({ reader: { writer, id }, words }, { sealed }) => {
    const task = { v: 1, kind: 'task', at: minute(), text: words } as const
    return writeIn(writer, sealed).task({ ...task, dueDay: '2027-04-15', assignee: id })
  },

  'describes the case': ({ reader: { writer }, words }, { sealed, records }) => {
    const { revision } = records.find(({ record }) => record === SUMMARY) ?? { revision: 0 }
    const summary = summaryIn(records) ?? EMPTY_SUMMARY
    const marks = [...summary.marks, words]
    return writeIn(writer, sealed).record(
      { record: SUMMARY, revision: revision + 1 },
      { ...summary, marks },
    )
  },

  gives: ({ reader: { writer }, to }, loaded) => sendAssignment(writer, loaded, to),

  'hands over': ({ reader: { writer }, words, to }, { sealed }) =>
    writeIn(writer, sealed).entry(shiftEntry(words, to)),

  closes: async ({ reader: { writer } }, loaded) => {
    if (loaded.item.status !== 'closed') await sendStatus(writer, loaded, 'closed', 'helped')
  },
}

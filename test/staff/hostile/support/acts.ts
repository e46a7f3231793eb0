// Lists the acts that people in the office perform on cases, through the functions of the staff
// app. Each act reports its words to the world.
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { summaryIn } from '#site/staff/case/read/read-records.ts'
import { sendAssignment } from '#site/staff/case/write/send-assignment.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { EMPTY_SUMMARY, SUMMARY } from '#site/staff/crypto/case-record.ts'
import { compareCases } from '#site/staff/ledger/compare-cases.ts'
import { signCheckpoint } from '#site/staff/ledger/sign-checkpoint.ts'
import { tagCases } from '#site/staff/list/bulk/tag-cases.ts'
import { mendHelp } from '#site/staff/case/write/mend-help.ts'
import { helpOf } from '#site/staff/case/read/help-of.ts'
import { threadsOf } from '#site/staff/case/read/in-thread.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { Refusal } from '#protocol/errors'
import { dayOf, minuteOf } from '#protocol/time'
import { buildIndex } from './build-index.ts'
import { viewCase, type SeenCase } from './view-case.ts'
import { type World } from './world.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

/** The case and the people that an act uses. */
export interface ActOn {
  world: World
  by: CaseWriter
  caseId: string
  /** another case */
  otherId: string
  /** a caseworker of the office */
  helperId: string
  /** words that are unique to this act */
  words: string
  /** receives each item that a screen shows, in order */
  onSeen: (seen: Pick<SeenCase, 'shown' | 'forged'>) => void
}

type Act = (on: ActOn) => Promise<void>

/** Opens a case, as colleagues do before they write. */
async function see({ by, caseId, onSeen }: ActOn): Promise<SeenCase['loaded']> {
  const seen = await viewCase(by, caseId)
  onSeen(seen)
  return seen.loaded
}

/** Records the words of an act that the app reports as done. */
const writing =
  (act: Act): Act =>
  async (on) => {
    const { world, words: text, caseId } = on
    const word = { text, caseId, isStored: false }
    world.words.push(word)
    await act(on)
    word.isStored = true
  }

const at = (): string => minuteOf(Date.now())

/** The letters are taken into the case before the colleague who opened it moves on. */
const openCase: Act = async (on) => {
  await takeLetters(on.by, await see(on))
  await see(on)
}

const note = writing(async (on) => {
  await writeIn(on.by, (await see(on)).sealed).entry(noteOf(on.words))
})

const title = writing(async (on) => {
  const { sealed, records } = await see(on)
  const stored = records.find(({ record }) => record === SUMMARY)
  const place = { record: SUMMARY, revision: (stored?.revision ?? 0) + 1 }
  const summary = summaryIn(records) ?? EMPTY_SUMMARY
  // The new title replaces the earlier titles, which are then no longer stored.
  for (const word of on.world.words)
    if (word.caseId === on.caseId && word.text.includes('title')) word.isStored = false
  await writeIn(on.by, sealed).record(place, { ...summary, title: on.words })
})

const task = writing(async (on) => {
  const entry = { v: 1, kind: 'task', at: at(), text: on.words, dueDay: null, assignee: null }
  await writeIn(on.by, (await see(on)).sealed).task(entry as never)
})

const danger = writing(async (on) => {
  const { sealed, item } = await see(on)
  const entry = { v: 1, kind: 'danger', at: at(), text: on.words, isDanger: !item.danger } as const
  await writeIn(on.by, sealed).danger(entry)
})

const help = writing(async (on) => {
  const entry = {
    ...({ v: 1, kind: 'help', at: at(), help: 'legal', day: dayOf(Date.now()) } as const),
    ...({ outcome: 'given', receiver: null, person: null } as const),
  }
  await writeIn(on.by, (await see(on)).sealed).entry({ ...entry, text: on.words })
})

/**
 * Corrects the newest help recorded in the case. The words of the previous version stay in the
 * case.
 */
const correct: Act = async (on) => {
  const loaded = await see(on)
  const [newest] = helpOf(threadsOf(loaded)).filter(({ end }) => end === null)
  if (newest) await mendHelp(on.by, loaded, newest.last, { ...newest.last.help, help: 'work' })
}

const reply = writing(async (on) => {
  await sendReply(on.by, await see(on), on.words)
})

const give = writing(async (on) => {
  await sendAssignment(on.by, await see(on), on.helperId, on.words)
})

const takeBack: Act = async (on) => {
  await sendAssignment(on.by, await see(on), null)
}

const merge: Act = async ({ by, caseId, otherId }) => {
  await sendMerging(by, otherId, caseId)
}

const tag: Act = async ({ by, caseId, words }) => {
  const { signal } = new AbortController()
  await tagCases(by, { tag: words, ids: [caseId] }, () => undefined, signal)
}

const index: Act = async ({ by, onSeen }) => {
  onSeen(await buildIndex(by))
}

const checkpoint: Act = async ({ world, by }) => {
  const { is } = await signCheckpoint(by.keys, by.roster)
  // When the comparison finds a fault, the entire office sees a red line.
  if (is !== 'signed' && is !== 'moved') throw new Refusal('log_older')
  world.closeTab()
}

const compare: Act = async ({ by }) => {
  await compareCases(by.roster, false)
}

/** Acts of readers, and how often each is chosen. */
export const ACTS = {
  ...{
    openCase,
    note,
    title,
    task,
    help,
    correct,
    danger,
    reply,
    give,
    takeBack,
    merge,
    tag,
    index,
  },
  ...{ checkpoint, compare },
} satisfies Record<string, Act>
export type ActName = keyof typeof ACTS

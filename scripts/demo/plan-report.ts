// Plans an invented report: its words, its time and its thread. A plan contains no keys. The same
// seed, index and time produce the same plan for any number of reports.
import { KIND, type Kind } from '#protocol/report/envelope'
import { DAY_MS, type Grade } from '#protocol/limits'
import { answerPeople, answerQuestions, type PlannedWords } from '#scripts/demo/answer-questions'
import { composeFollowUp, composeReport } from '#scripts/demo/compose-text'
import type { Voice } from '#scripts/demo/parts'
import { withPlantedFact } from '#scripts/demo/planted-facts'
import { withPerson } from '#scripts/demo/plan-person'
import { planThread, type ThreadEvent } from '#scripts/demo/plan-thread'
import type { SampleName } from '#scripts/demo/sample-files'
import { tellStory } from '#scripts/demo/tell-story'
import { chanceFrom, happens, type Chance } from '#scripts/shared/seeded-random'

/** A device that seals a report usually finds a proof of 19 bits or more, and rarely finds none. */
const GRADES_OF_DEVICES = [0, 1, 1, 2, 2, 2, 2, 3, 3, 3] as const

export interface PlannedReport {
  kind: Kind
  danger: boolean
  sealedBy: 'device' | 'worker'
  /** the grade of the proof of work that was sent with the report */
  grade: Grade
  /** milliseconds since 1970 */
  writtenAt: number
  arrivedAt: number
  plain: PlannedWords
  /** the return number: the writer's own, none, or a number that the report does not own */
  number: 'own' | 'none' | 'foreign'
  files: SampleName[]
  events: ThreadEvent[]
  /** true when a colleague has opened the report, which takes its letters into the case */
  isTaken: boolean
  /** true when the reporter has ended the thread */
  isEnded: boolean
}

/** Length, in days, of the period during which reports arrived: 18 months. */
const PERIOD_DAYS = 548

/**
 * The sets of files that reports list, used in turn. Among the first reports, every twelfth lists
 * some files.
 */
const FILE_SETS: readonly SampleName[][] = [
  ['picture'],
  ['recording'],
  ['document'],
  ['picture', 'document'],
]
const [FILES_EACH, FILES_UNTIL] = [12, 1200]

const KIND_OF_VOICE = {
  me: KIND.helpForMe,
  other: KIND.helpForAnother,
  tip: KIND.tip,
} as const satisfies Record<Voice, Kind>

function numberBy(chance: Chance): PlannedReport['number'] {
  const roll = chance.below(100)
  return roll < 90 ? 'own' : roll < 99 ? 'none' : 'foreign'
}

/** @param index  index of the report in the run, from 0; the report's time is chosen at random */
export function planReport(seed: number, index: number, now: number): PlannedReport {
  const place = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)
  const chance = chanceFrom(place)
  // The people are planned from a separate random source, so the rest of the plan does not depend
  // on them.
  const ofPeople = chanceFrom(~place)
  const story = tellStory(chance)
  const { lang, voice, situation } = story
  const isPlea = voice !== 'tip'
  // More and more people write: half of the reports arrived in the last third of the period.
  const age = (chance.below(1_000_000) / 1_000_000) ** 1.6
  const minutesAgo = 30 + Math.floor(age * PERIOD_DAYS * 24 * 60)
  const writtenAt = now - minutesAgo * 60_000
  // Some reports travel for days as carried letters.
  const arrivedAt = Math.min(now, writtenAt + (happens(chance, 3) ? chance.below(5) * DAY_MS : 0))
  const hasFiles = index < FILES_UNTIL && index % FILES_EACH === 4
  const sealedBy = happens(chance, 82) || hasFiles ? 'device' : 'worker'
  // A follow-up without a thread is stored as a report, without answers to the form's questions.
  const isLost = happens(chance, 1)
  const number = isLost ? 'none' : numberBy(chance)
  const plan: Omit<PlannedReport, 'isTaken'> = {
    kind: isLost ? KIND.followUp : KIND_OF_VOICE[voice],
    danger: happens(chance, isPlea && situation !== 'offer' ? 14 : 4),
    sealedBy,
    grade: sealedBy === 'device' && !isLost ? chance.one(GRADES_OF_DEVICES) : 0,
    writtenAt,
    arrivedAt,
    plain: isLost
      ? { lang, text: composeFollowUp(chance, story) }
      : {
          ...{ lang, text: composeReport(chance, story) },
          ...{ ...answerQuestions(chance, story), ...answerPeople(ofPeople) },
        },
    number,
    files: hasFiles ? (FILE_SETS[Math.floor(index / FILES_EACH) % FILE_SETS.length] ?? []) : [],
    events: withPerson(
      ofPeople,
      story,
      planThread(chance, story, {
        ...{ arrivedAt, now },
        hasNumber: number === 'own',
        isForm: sealedBy === 'worker',
      }),
    ),
    isEnded: number === 'own' && happens(chance, 2),
  }
  const text = withPlantedFact(index, plan.plain.text)
  const isTaken = plan.events.some(({ what }) => what !== 'followUp')
  return { ...plan, plain: { ...plan.plain, text }, isTaken }
}

// Plays the lines of a month, minute by minute. Letters arrive, and the edge's scheduled work runs.
// People open cases and press buttons. The test then checks that every reader sees an alert while a
// danger is unhandled.
import { Month, type Team } from './month.ts'
import { callFaults, givenFaults, lookAtDanger } from './look.ts'
import {
  BEGIN,
  lineTime,
  QUIET,
  READERS,
  ROTAS,
  timeOf,
  type Act,
  type Letter,
  type Line,
  type Name,
} from './story.ts'
import { openCase, press, type CaseAct } from './work-on-case.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

interface PersonLine {
  who: Name
  does: Act
  about: string
  to: Name | null
}

export interface PlayedMonth {
  month: Month
  /** the faults of all minutes */
  faults: string[]
}

interface Play {
  lines: readonly Line[]
  /** the last minute */
  until: string
  plant?: string
}

/** Plays the lines of the month, minute by minute, against a new edge. */
export async function playMonth(team: Team, play: Play): Promise<PlayedMonth> {
  Month.setClock(timeOf(BEGIN))
  const month = await Month.begin(team, play.plant ?? null)
  const end = timeOf(play.until)
  const due = new Set([
    ...play.lines.map(([at]) => at),
    ...[...ROTAS, ...QUIET].map(({ at }) => at),
  ])
  const played: PlayedMonth = { month, faults: [] }
  let isUrgent = false
  for (let now = timeOf(BEGIN); now <= end; now += MINUTE_MS) {
    if (!isUrgent && !due.has(lineTime(now)) && now % HOUR_MS !== 0) continue
    Month.setClock(now)
    await playMinute(month, play.lines, lineTime(now))
    const danger = await lookAtDanger(month)
    played.faults.push(...danger.faults, ...callFaults(month))
    isUrgent = danger.isUrgent
    if (due.has(lineTime(now)) || now % (6 * HOUR_MS) === 0)
      played.faults.push(...(await givenFaults(month)))
  }
  return played
}

async function playMinute(month: Month, lines: readonly Line[], at: string): Promise<void> {
  const { Aigul } = month.readers
  for (const duty of ROTAS.filter((each) => each.at === at)) {
    await month.signIn('Aigul')
    await Aigul.setRota(duty, (name) => month.readers[name].id)
  }
  for (const { who, hours } of QUIET.filter((each) => each.at === at)) {
    await month.signIn(who)
    await month.readers[who].setQuiet(hours)
  }
  const now = lines.filter(([when]) => when === at)
  for (const [, name, does] of now) if (isLetter(does)) await month.arrive(name, does)
  await month.edge.stores.runChores()
  const people = now.flatMap(personLine)
  for (const { who } of people) await month.signIn(who)
  await actTogether(month, people)
}

const isLetter = (does: string): does is Letter => does.startsWith('writes')

function personLine([, who, does, about = '', to]: Line): PersonLine[] {
  const name = READERS.find((each) => each === who)
  // Guarantee: a line about a reader always contains a reader's act.
  return name ? [{ who: name, does: does as Act, about, to: to ?? null }] : []
}

/** Lets everybody open a case before anybody presses a button. */
async function actTogether(month: Month, people: readonly PersonLine[]): Promise<void> {
  const opened = await Promise.all(
    people.map(async (line) => {
      const reader = month.readers[line.who]
      const isOfAlert = line.does === 'takes the alert' || line.does === 'gives the alert back'
      if (isOfAlert) return { line, loaded: null }
      return { line, loaded: await reader.as(() => openCase(reader, month.caseOf(line.about))) }
    }),
  )
  await Promise.all(
    opened.map(({ line, loaded }) => {
      const { who, does } = line
      return month.readers[who].as(async () => {
        if (does === 'takes the alert') return month.takeAlert(who)
        if (does === 'gives the alert back') return month.giveAlertBack(who)
        if (loaded) await pressOn(month, { ...line, does }, loaded)
      })
    }),
  )
}

async function pressOn(
  month: Month,
  { who, does, to }: PersonLine & { does: CaseAct },
  loaded: Awaited<ReturnType<typeof openCase>>,
): Promise<void> {
  const caseId = loaded.item.id
  const words = `${who} ${does}, word ${month.written.length + 1}`
  const holder = to === null ? '' : month.readers[to].id
  month.written.push({ caseId, text: words, by: who, does })
  const stored = await press({ reader: month.readers[who], does, words, to: holder }, loaded)
  month.done.push({ caseId, at: Date.now(), by: who, does: stored })
  if (does === 'gives' && to !== null) month.given.set(caseId, { from: who, to })
  else if (month.given.get(caseId)?.to === who && does !== 'hands over') month.given.delete(caseId)
}

// Checks the danger as every reader sees it, and lists the faults of this minute. A fault is danger
// without an act and without a red line, or a person who is called twice. A case that was given to
// a colleague but does not count as waiting is also a fault.
import { fetchLines } from '#site/staff/api/list-api.ts'
import { isGivenTo } from '#site/staff/case/read/is-given.ts'
import type { Arrived, Month } from './month.ts'
import { seenAlerts, type SeenAlert } from './seen-alerts.ts'
import { lineTime, READERS } from './story.ts'
import type { CaseAct } from './work-on-case.ts'

/**
 * The acts that concern danger. Taking, giving and handing over a case do not count as such acts.
 */
const ACTED: readonly CaseAct[] = ['answers', 'notes', 'tries to call', 'plans', 'closes']

/** An alert stays taken for this long: the edge's ALERT_DANGER_MINUTES. */
const DUE_MS = 15 * 60_000

const hasActed = ({ done }: Month, { caseId, at }: Arrived): boolean =>
  done.some((each) => each.caseId === caseId && each.at >= at && ACTED.includes(each.does))

export interface SeenDanger {
  faults: string[]
  /** true while an alert is open, so that the next minute is also checked */
  isUrgent: boolean
}

/** Lists the faults that concern danger in this minute, for each reader. */
export async function lookAtDanger(month: Month): Promise<SeenDanger> {
  const open = month.letters.filter((letter) => letter.isDanger && !hasActed(month, letter))
  const faults: string[] = []
  let isUrgent = false
  // Without danger, one check is enough to find an alert that should have ended.
  for (const name of open.length > 0 ? READERS : (['Aigul'] as const)) {
    const reader = month.readers[name]
    const seen = await reader.as(() => seenAlerts(reader))
    isUrgent ||= seen.length > 0
    for (const letter of open)
      if (!isCovered(letter, seen))
        faults.push(`${lineTime(Date.now())} ${name} sees no red line about ${letter.name}`)
  }
  return { faults, isUrgent }
}

/** Returns true when the line is red, or shows a colleague who took the danger recently. */
function isCovered({ caseId }: Arrived, seen: readonly SeenAlert[]): boolean {
  // Danger that waits behind another alert is covered by the red line of that alert.
  if (seen.some(({ state }) => state === 'open')) return true
  return seen.some(
    ({ alert, state }) =>
      alert.case === caseId &&
      (state === 'late' || Date.now() - Date.parse(alert.taken?.at ?? '') < DUE_MS),
  )
}

/** Lists the people who were called twice in this minute. */
export function callFaults({ calls }: Month): string[] {
  const now = calls.filter(({ at }) => at === Date.now()).map(({ who }) => who)
  const twice = now.filter((who, place) => now.indexOf(who) !== place)
  return twice.map((who) => `${lineTime(Date.now())} ${who} is called twice`)
}

/** Lists the given cases that do not count as waiting until their colleague takes them. */
export async function givenFaults(month: Month): Promise<string[]> {
  const faults: string[] = []
  for (const name of month.given.size > 0 ? READERS : []) {
    const { items } = await month.readers[name].as(() => fetchLines('2027-01-01', null))
    for (const [id, { from, to }] of month.given) {
      const item = items.find((each) => each.id === id)
      const [giver, holder] = [month.readers[from].id, month.readers[to].id]
      const waits = item?.givenBy === giver && item.waitsFor === 'us' && isGivenTo(item, holder)
      if (!waits) faults.push(`${lineTime(Date.now())} ${name} sees no case that waits for ${to}`)
    }
  }
  return faults
}

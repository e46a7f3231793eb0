// Shows what this browser knows about the subject of a page, such as the person's ways to sign in.
import { localMs } from '#content/clock.ts'
import { FIRST_STEPS, type OwnChoices } from '#protocol/staff/people/own-settings'
import { nightAt, type RotaSet } from '#protocol/staff/alerts/rota'
import type { Counts } from '#protocol/staff/list/counts'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import type { Me } from '#protocol/staff/people/people'
import { fromB64 } from '#protocol/bytes'
import { lastDayOf } from '#protocol/keys/key-days'
import { DAY_MS } from '#protocol/limits'
import { dayNumber } from '#protocol/time'
import { isDepartureOpen } from '../departure/state.ts'
import type { HelpWords } from '../i18n/help-words.ts'
import { dayInDigits } from '../i18n/dates.ts'
import { doneSteps } from '../session/first-steps.ts'
import { activeKeepersIn, dayText, newestEpoch } from '../ledger/key-facts.ts'
import { useWholeLedger } from '../ledger/ledger-context.ts'
import { membersWho, openOffers, readersIn } from '../ledger/read-roster.ts'
import { useNames } from '../ledger/use-names.ts'
import { useSessionContext } from '../session/session-context.ts'
import { shownCount } from '../session/shown-count.ts'
import type { HelpPageId } from './pages.ts'

interface SeenProps {
  words: HelpWords
  page: HelpPageId
  counts: Counts | null
  done: OwnChoices
}

/** All the facts from which the lines are built. */
interface Known extends Omit<SeenProps, 'page'> {
  me: Me
  roster: Roster
  nameOf: (id: string) => string
  nowMs: number
}

export function SeenFromHere({ page, ...props }: SeenProps) {
  const { me } = useSessionContext()
  const roster = useWholeLedger()?.roster
  const nameOf = useNames()
  const lines = roster && LINES[page]?.({ ...props, me, roster, nameOf, nowMs: Date.now() })
  if (!lines || lines.length === 0) return null
  return (
    <p class="help-seen" dir="auto">
      <b>{props.words.help('staff-help.seen')}</b> {lines.join(' ')}
    </p>
  )
}

const LINES: Partial<Record<HelpPageId, (known: Known) => string[]>> = {
  phone: ({ words: { help }, me: { slots } }) => [
    help('staff-help.seen.ways', { n: slots.length }),
    ...slots
      .filter(({ kind }) => kind === 'passphrase')
      .map(({ triedDay }) => help('staff-help.seen.sheet', { day: dayInDigits(triedDay) })),
  ],
  leaves: (known) => [
    ...(isDepartureOpen(known.roster) ? [known.words.help('staff-help.seen.departure')] : []),
    readersLine(known),
    ...keeperLines(known),
  ],
  nobody: (known) => [readersLine(known)],
  flood: ({ words: { help }, counts }) => {
    if (!counts) return []
    if (counts.waiting === null) return [help('staff-help.seen.waiting.unknown')]
    return [help('staff-help.seen.waiting', { n: shownCount(counts.waiting) })]
  },
  first: ({ words: { help }, done, roster, nowMs }) => [
    help('staff-help.seen.steps', {
      n: doneSteps(done, roster, dayNumber(nowMs)).length,
      m: FIRST_STEPS.length,
    }),
  ],
  invite: ({ words: { help }, roster, nowMs }) => [
    help('staff-help.seen.invitations', {
      n: openOffers(roster, nowMs).length,
      m: membersWho(roster, 'waiting').length,
    }),
  ],
  alerts: ({ words: { help }, roster, nameOf, nowMs }) => {
    const names = roster.rota ? (roster.rota.nights[tonight(roster.rota, nowMs)] ?? []) : []
    if (names.length === 0) return [help('staff-help.seen.nobody')]
    return [help('staff-help.seen.tonight', { names: names.map(nameOf).join(' → ') })]
  },
  renew: (known) => {
    const epoch = newestEpoch(known.roster)
    const day = epoch && dayText(lastDayOf(fromB64(epoch.manifest)))
    return [
      ...(day === null ? [] : [known.words.help('staff-help.seen.key', { day })]),
      ...keeperLines(known),
    ]
  },
}

const readersLine = ({ words: { help }, roster }: Known): string =>
  help('staff-help.seen.readers', { n: readersIn(roster).length })

function keeperLines({ words: { help }, roster, nameOf, nowMs }: Known): string[] {
  const keepers = activeKeepersIn(roster, dayNumber(nowMs))
  if (keepers.length === 0) return []
  const names = keepers.map(({ member }) => nameOf(member.id)).join(', ')
  return [help('staff-help.seen.keepers', { names })]
}

/** Returns the number of the current night; by day, the number of the coming night. */
function tonight(rota: RotaSet, nowMs: number): number {
  const at = localMs(nowMs)
  // Day 0 (1 January 1970) was a Thursday.
  return nightAt(rota, at) ?? (Math.floor(at / DAY_MS) + 3) % 7
}

// Decides which lines a filter shows. A filter is plain JSON, so that a view can store it sealed.
import * as z from 'zod/mini'
import type { QueueItem } from '#protocol/staff/list/queue'
import { laneOf } from '#protocol/staff/list/rank'
import { CloseReason, id, STATUSES, WaitsFor } from '#protocol/staff/fields'
import { dayOf } from '#protocol/time'
import { DAY_MS } from '#protocol/limits'
import { KIND } from '#protocol/report/envelope'
import { Risk } from '../../crypto/risk.ts'
import { type CaseIndex, type IndexedCase } from '../../search/case-index.ts'
import { unreadOf } from '../unread.ts'

/** The filter's choices for the status. An open case is new or in progress. */
export const STATUS_CHOICES = ['open', ...STATUSES] as const
/** The choices for the due day: past, up to today, within seven days, any day, no day. */
export const DUE_CHOICES = ['overdue', 'today', 'week', 'any', 'none'] as const
/**
 * A case is quiet when neither the person nor a colleague has added anything for this many days.
 */
const QUIET_DAYS = 30
/** The choices for the assignee besides a colleague: this user, or nobody. */
export const HOLDER_CHOICES = ['me', 'nobody'] as const
/** The choices for the kind of report, with the same names as the labels of the kinds. */
export const KIND_CHOICES = ['me', 'other', 'tip'] as const
const KINDS = { me: KIND.helpForMe, other: KIND.helpForAnother, tip: KIND.tip } as const

/** A part that is null or false does not exclude any line. */
export const ListFilter = z.object({
  status: z.nullable(z.enum(STATUS_CHOICES)),
  /** a choice, or the id of a colleague */
  holder: z.nullable(z.union([z.enum(HOLDER_CHOICES), id])),
  /** cases that the user has, and cases with an open task for the user */
  isMine: z.boolean(),
  waitsFor: z.nullable(WaitsFor),
  isUnread: z.boolean(),
  isDanger: z.boolean(),
  lane: z.nullable(z.enum(['A', 'B'])),
  risk: z.nullable(Risk),
  kind: z.nullable(z.enum(KIND_CHOICES)),
  /** the name of a place, in any spelling */
  place: z.nullable(z.string()),
  /** the earliest UTC day of arrival */
  since: z.nullable(z.string()),
  language: z.nullable(z.string()),
  tag: z.nullable(z.string()),
  due: z.nullable(z.enum(DUE_CHOICES)),
  isQuiet: z.boolean(),
  closeReason: z.nullable(CloseReason),
})
export type ListFilter = z.infer<typeof ListFilter>

export const NO_FILTER: ListFilter = {
  ...{ status: null, holder: null, isMine: false, waitsFor: null, isUnread: false },
  ...{ isDanger: false, lane: null, risk: null, kind: null, place: null, since: null },
  ...{ language: null, tag: null, due: null, closeReason: null, isQuiet: false },
}

/** The facts that a filter needs in addition to the line. */
export interface FilterContext extends Pick<CaseIndex, 'inPlace'> {
  /** id of the user of the list */
  me: string
  /** day in the organisation's time zone, which decides when tasks are due */
  today: string
  cases: ReadonlyMap<string, Pick<IndexedCase, 'tags' | 'language' | 'risk' | 'tasks'>>
}

/** Returns true for a filter whose result depends on words that the device has opened. */
export const needsWords = ({ isMine, risk, place, language, tag }: ListFilter): boolean =>
  isMine || risk !== null || place !== null || language !== null || tag !== null

export const isSameFilter = (a: ListFilter, b: ListFilter): boolean =>
  JSON.stringify(ListFilter.parse(a)) === JSON.stringify(ListFilter.parse(b))

/** Builds the test of a filter, which is applied to all lines. */
export function lineTest(
  filter: ListFilter,
  { me, today, cases, inPlace }: FilterContext,
): (item: QueueItem) => boolean {
  const latest = latestDue(filter.due, today)
  const quietSince = dayOf(Date.parse(today) - QUIET_DAYS * DAY_MS)
  const holder = filter.holder === 'nobody' ? null : filter.holder === 'me' ? me : filter.holder
  const isThere = filter.place === null ? null : inPlace(filter.place)
  return (item) => {
    if (!hasStatus(item, filter.status)) return false
    if (filter.holder !== null && item.assignee !== holder) return false
    if (filter.waitsFor !== null && !waitsFor(item, filter.waitsFor)) return false
    if (filter.isDanger && !item.danger) return false
    if (filter.lane !== null && laneOf(item) !== filter.lane) return false
    if (filter.kind !== null && item.kind !== KINDS[filter.kind]) return false
    if (filter.since !== null && item.day < filter.since) return false
    if (filter.closeReason !== null && item.closeReason !== filter.closeReason) return false
    if (latest !== null && (item.dueDay === null || item.dueDay > latest)) return false
    if (filter.due === 'none' && item.dueDay !== null) return false
    if (filter.isQuiet && item.touchedDay > quietSince) return false
    if (filter.isUnread && unreadOf(item) === null) return false
    if (!needsWords(filter)) return true
    const known = cases.get(item.id)
    if (filter.isMine && !isHeldBy(item, me) && !hasTaskFor(known, me)) return false
    if (filter.risk !== null && known?.risk !== filter.risk) return false
    if (isThere?.(item.id) === false) return false
    if (filter.language !== null && known?.language !== filter.language) return false
    return filter.tag === null || known?.tags.includes(filter.tag) === true
  }
}

const hasStatus = ({ status }: QueueItem, asked: ListFilter['status']): boolean =>
  asked === null || (asked === 'open' ? status !== 'closed' : status === asked)

/**
 * A case that a person has given to a colleague still counts as that person's until the colleague
 * takes it.
 */
const isHeldBy = ({ assignee, givenBy }: QueueItem, person: string): boolean =>
  assignee === person || givenBy === person

const hasTaskFor = (known: Pick<IndexedCase, 'tasks'> | undefined, person: string): boolean =>
  known?.tasks.some(({ assignee }) => assignee === person) === true

/** A closed case is never waiting. */
const waitsFor = ({ status, waitsFor }: QueueItem, party: WaitsFor): boolean =>
  status !== 'closed' && waitsFor === party

/** A value that sorts after every real day. */
const ANY_DAY = '9999-12-31'

/**
 * Returns the latest due day that a filter allows; null for a filter that does not use due days.
 */
function latestDue(due: ListFilter['due'], today: string): string | null {
  if (due === null || due === 'none') return null
  if (due === 'any') return ANY_DAY
  const days = { overdue: -1, today: 0, week: 7 }[due]
  return dayOf(Date.parse(today) + days * DAY_MS)
}

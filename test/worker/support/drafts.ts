// Declares the words and choices that a person has in one of the model's browsers.
import type { CaseAction, SentAction } from '#protocol/staff/actions'
import type { Thread } from './casework-world.ts'

/** Acts of casework that contain words, or a choice that may conflict with a colleague's choice. */
export const ACTS = [
  ...(['entry', 'task', 'record', 'person', 'danger', 'reply', 'link', 'letter'] as const),
  ...(['status', 'bulk', 'bulk_assign', 'assign', 'merge', 'take', 'view'] as const),
] as const
/** The acts on referrals, which have schedules of their own. */
export const REFERRAL_ACTS = ['refer', 'second', 'mark'] as const
export type Act = (typeof ACTS)[number] | (typeof REFERRAL_ACTS)[number]

/** The subject of a schedule. */
export type Plot = 'casework' | 'referrals'

/** An entry in one of two linked cases. */
export interface LinkHalf {
  caseId: string
  sealed: string
  hash: string
}

/** A person's words or choice, from the first press until the edge has settled it. */
export interface Draft {
  act: Act
  action: CaseAction & SentAction
  caseId: string
  change: Record<string, unknown>
  /** hash of the words; null for a choice */
  hash: string | null
  /** the body without `signed` */
  beside: Record<string, unknown>
  /** the hash of the record that the person changed; null for a first revision */
  base: string | null
  /** the number of danger changes that the browser had shown */
  dangers: number
  /** a link: the entries of both cases, the other case's entry first */
  halves: LinkHalf[]
  /** true when a response was lost, so that the edge may have stored the draft */
  isUnknown: boolean
  state: 'held' | 'stored' | 'refused'
  code: string
}

/** Returns a draft that no browser has sent yet. */
export const draftOf = (
  act: Act,
  caseId: string,
  action: CaseAction & SentAction,
  change: Record<string, unknown>,
  more: Partial<Draft> = {},
): Draft => ({
  ...{ act, action, caseId, change, hash: null, beside: {}, base: null, dangers: 0 },
  ...{ halves: [], isUnknown: false, state: 'held', code: '' },
  ...more,
})

/**
 * A signed row in transit. Each thread has the number of follow-ups confirmed before sending, and
 * the number that may exist by now.
 */
export interface SentRow {
  /** null for a row that the app adds automatically */
  draft: Draft | null
  before: ReadonlyMap<string, number>
  after: ReadonlyMap<string, number>
}

/** Counts the follow-ups of each thread. */
export const countsOf = (
  threads: readonly Thread[],
  what: 'started' | 'confirmed',
): ReadonlyMap<string, number> => new Map(threads.map((thread) => [thread.id, thread[what]]))

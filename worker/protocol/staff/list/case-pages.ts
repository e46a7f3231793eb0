// Defines the schemas of the lists that intake works through after a departure or a change of keys.
// The lists contain case keys to rewrap, reports with untaken letters, and cases of people who have
// left.
import * as z from 'zod/mini'
import { CaseKey } from '../case-log/bodies.ts'
import { day, id } from '../fields.ts'

const count = z.int().check(z.gte(1))

/**
 * Number of case keys on one page of the list for rewrapping. Decoding 250 keys takes about 5 ms of
 * CPU. The first time, however, that takes longer than the edge's limit of 10 ms.
 */
export const REWRAP_PAGE = 100

/** A page of case keys under one generation, excluding lost keys. */
export const CaseKeyPage = z.object({
  keys: z.array(CaseKey),
  /** cursor of the next page; null on the last page */
  next: z.nullable(z.string()),
  /** on the first page: the number of keys under the generation, excluding lost keys */
  remaining: z.nullable(z.int()),
})
export type CaseKeyPage = z.infer<typeof CaseKeyPage>

/** Case keys that a device rewrapped from one generation to a later one. */
export const Rewrapping = z.object({
  from: count,
  to: count,
  keys: z
    .array(z.object({ caseId: id, keyNo: count, sealed: CaseKey.shape.sealed }))
    .check(z.minLength(1), z.maxLength(REWRAP_PAGE)),
})
export type Rewrapping = z.infer<typeof Rewrapping>

/** Number of reports on one page of the list of reports with letters that are not in a case yet. */
export const UNTAKEN_PAGE = 50

/** A page of reports whose threads contain untaken letters of the given epochs. */
export const UntakenPage = z.object({
  reports: z.array(id),
  /** cursor of the next page; null on the last page */
  next: z.nullable(id),
  /** on the first page: the number of such reports */
  remaining: z.nullable(z.int()),
  /**
   * on the first page: number of letters of these epochs that wait in R2; WAITING_SHOWN means "that
   * many or more"
   */
  waiting: z.nullable(z.int()),
})
export type UntakenPage = z.infer<typeof UntakenPage>

/**
 * Number of cases on one page of the list of cases whose assignees have left. After these cases are
 * taken back, the list shows the next ones.
 */
export const LEFT_PAGE = 50

/** Cases whose assignee is no longer on the staff. */
export const LeftCases = z.object({
  cases: z.array(z.object({ id, day, assignee: id })),
})
export type LeftCases = z.infer<typeof LeftCases>

// Holds the schemas of the lists that intake works through when somebody leaves or keys change. The
// lists name case keys to re-wrap, reports with letters that no case has, and cases of people who
// left.
import * as z from 'zod/mini'
import { CaseKey } from '../case-log/bodies.ts'
import { day, id } from '../fields.ts'

const count = z.int().check(z.gte(1))

/**
 * Case keys on one page of re-wrapping. Decoding 250 takes some 5 ms of CPU, and the first call
 * more than the edge's 10 ms.
 */
export const REWRAP_PAGE = 100

/** A page of case keys under one generation, without lost ones. */
export const CaseKeyPage = z.object({
  keys: z.array(CaseKey),
  /** cursor of the next page; null on the last page */
  next: z.nullable(z.string()),
  /** on the first page: the number of keys under the generation, without those named as lost */
  remaining: z.nullable(z.int()),
})
export type CaseKeyPage = z.infer<typeof CaseKeyPage>

/** Case keys whose outer seal was replaced: from one generation to a later one. */
export const Rewrapping = z.object({
  from: count,
  to: count,
  keys: z
    .array(z.object({ caseId: id, keyNo: count, sealed: CaseKey.shape.sealed }))
    .check(z.minLength(1), z.maxLength(REWRAP_PAGE)),
})
export type Rewrapping = z.infer<typeof Rewrapping>

/** Reports on one page of the list of reports with letters that no case has yet. */
export const UNTAKEN_PAGE = 50

/** A page of reports in whose threads letters of some epochs wait to be taken. */
export const UntakenPage = z.object({
  reports: z.array(id),
  /** cursor of the next page; null on the last page */
  next: z.nullable(id),
  /** on the first page: the number of such reports */
  remaining: z.nullable(z.int()),
  /** on the first page: letters of the epochs in R2; WAITING_SHOWN means "that many or more" */
  waiting: z.nullable(z.int()),
})
export type UntakenPage = z.infer<typeof UntakenPage>

/** Cases on the list of people who left. Once they are taken back, the list shows the next ones. */
export const LEFT_PAGE = 50

/** Cases whose assignee is no longer on the staff. */
export const LeftCases = z.object({
  cases: z.array(z.object({ id, day, assignee: id })),
})
export type LeftCases = z.infer<typeof LeftCases>

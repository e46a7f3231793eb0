// Counts the reports that a discard would cover, and draws a sample for the author to read.
import { Refusal } from '#protocol/errors'
import { DAY_MS } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import { WAITING_SHOWN } from '#protocol/staff/list/counts'
import {
  DISCARD_SAMPLE,
  type DiscardPredicate,
  type DiscardPreview,
} from '#protocol/staff/list/discard'
import type { Deps, StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { drawStored, type FoundReport } from '#worker/store/reports/discard-matches'
import { findCovered } from '#worker/store/overflow/discard-waiting'
import { findWaitingReport } from '#worker/store/overflow/list-waiting'
import { ID_BYTES } from '#protocol/limits'
import { sealedItem } from './list-waiting.ts'

/** @throws Refusal `not_allowed`; `malformed` for days that are in the wrong order or not yet over
 */
export async function previewDiscard(
  deps: StaffDeps,
  predicate: DiscardPredicate,
): Promise<DiscardPreview> {
  requireRole(deps.actor, 'intake')
  requireEndedDays(predicate, deps.now())
  const [stored, { keys, isAll }] = await Promise.all([
    drawStored(deps.db, predicate),
    findCovered(deps.bucket, predicate, deps.random(ID_BYTES)),
  ])
  const waiting = isAll ? Math.min(keys.length, WAITING_SHOWN) : WAITING_SHOWN
  const sample = await drawBoth(deps, stored.sample, keys, {
    stored: stored.count,
    waiting,
  })
  return { stored: stored.count, waiting, sample: sample.map(sealedItem) }
}

/**
 * Requires that the last day is over. The number of reports from a past day can only fall, so a
 * discard never covers a later report.
 */
export function requireEndedDays({ from, to }: DiscardPredicate, now: number): void {
  const isReal = (day: string): boolean =>
    !Number.isNaN(Date.parse(day)) && dayOf(Date.parse(day)) === day
  if (!isReal(from) || !isReal(to) || from > to || to > dayOf(now - DAY_MS))
    throw new Refusal('malformed')
}

/** Draws reports from both stores, in proportion to the number of reports in each store. */
async function drawBoth(
  { bucket, random }: Deps,
  stored: FoundReport[],
  keys: string[],
  counts: { stored: number; waiting: number },
): Promise<FoundReport[]> {
  const below = (bound: number): number => {
    const [value = 0] = new Uint32Array(random(4).buffer)
    return value % bound
  }
  const left = { stored: [...stored], waiting: [...keys] }
  const drawn: FoundReport[] = []
  while (drawn.length < DISCARD_SAMPLE && left.stored.length + left.waiting.length > 0) {
    const isWaiting = below(counts.stored + counts.waiting) < counts.waiting
    const from = (isWaiting ? left.waiting : left.stored).length > 0 ? isWaiting : !isWaiting
    if (!from) drawn.push(...left.stored.splice(0, 1))
    else {
      const [key = ''] = left.waiting.splice(below(left.waiting.length), 1)
      const report = await findWaitingReport(bucket, key)
      if (report) drawn.push(report)
    }
  }
  return drawn
}

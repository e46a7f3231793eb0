// Stores judged objects in the database, many in one statement.
import { dayOf } from '#protocol/time'
import { isSettled } from '#worker/store/overflow/drain-mark'
import { isNotedEnded } from '#worker/store/reports/ended-receipts'
import {
  findThreadStates,
  insertReports,
  REPORTS_A_STATEMENT,
  type ThreadState,
} from '#worker/store/overflow/insert-reports'
import { insertFollowUp } from '#worker/store/reports/follow-ups'
import { forEachOf, noteFailure, type Drain } from './drain-run.ts'
import type { JudgedObject } from './judge-objects.ts'

/**
 * Stores objects: first reports, then follow-ups, because a thread must enter before its follow-up.
 */
export async function storeJudged(drain: Drain, objects: readonly JudgedObject[]): Promise<void> {
  await storeGroups(
    drain,
    objects.filter(({ tokenHash }) => tokenHash === null),
  )
  await storeFollowUps(
    drain,
    objects.filter(({ tokenHash }) => tokenHash !== null),
  )
}

/**
 * Stores reports in groups. A group that fails is stored one by one, so that one report does not
 * block the others. When every report of a group fails, the database does not work, and the other
 * groups wait.
 */
async function storeGroups(drain: Drain, objects: readonly JudgedObject[]): Promise<void> {
  for (let first = 0; first < objects.length; first += REPORTS_A_STATEMENT) {
    const group = objects.slice(first, first + REPORTS_A_STATEMENT)
    const stored = await storeGroup(drain, group)
    await noteStored(drain, stored)
    if (stored.length > 0) continue
    for (const { key } of objects.slice(first + REPORTS_A_STATEMENT)) drain.untried.add(key)
    return
  }
}

async function storeGroup(drain: Drain, group: readonly JudgedObject[]): Promise<JudgedObject[]> {
  try {
    await insertReports(
      drain.deps.db,
      group.map(({ report }) => report),
      dayOf(drain.deps.now()),
    )
    return [...group]
  } catch (error) {
    const [only, ...more] = group
    if (only && more.length === 0) noteFailure(drain, [only], error)
    if (more.length === 0) return []
  }
  const stored: JudgedObject[] = []
  for (const object of group) stored.push(...(await storeGroup(drain, [object])))
  return stored
}

/** Stores a follow-up in its thread or as a report of its own, or lets it wait. */
async function storeFollowUps(drain: Drain, objects: readonly JudgedObject[]): Promise<void> {
  const states = await statesOf(drain, objects)
  const strays: JudgedObject[] = []
  for (const [at, object] of objects.entries()) {
    const state = states[at]
    if (state === 'stored') await noteStored(drain, [object])
    else if (state !== 'open') {
      const isAlone = state === 'full' || isSettled(drain.cycles, object.cycle)
      if (isAlone && drain.takesStrays) strays.push(object)
    } else if (drain.joinsLeft === 0) drain.untried.add(object.key)
    else if (!(await join(drain, object)) && drain.takesStrays) strays.push(object)
  }
  await storeGroups(drain, strays)
}

/** Returns no states when the database does not answer. */
async function statesOf(drain: Drain, objects: readonly JudgedObject[]): Promise<ThreadState[]> {
  const named = objects.flatMap(({ report, tokenHash }) =>
    tokenHash ? { id: report.id, ownerHash: report.ownerHash, tokenHash } : [],
  )
  return findThreadStates(drain.deps.db, named)
}

/** Joins a follow-up to its thread. @returns false when the thread is full */
async function join(drain: Drain, object: JudgedObject): Promise<boolean> {
  const { report, tokenHash } = object
  if (!tokenHash) return false
  drain.joinsLeft--
  try {
    const { db, now } = drain.deps
    if (!(await insertFollowUp(db, report, tokenHash, dayOf(now())))) return false
    await noteStored(drain, [object])
  } catch (error) {
    noteFailure(drain, [object], error)
  }
  return true
}

/**
 * Notes stored objects for deletion, and the receipts of those whose thread has ended in the
 * meantime.
 *
 * To end a thread, endThread first writes a note into R2 and then changes the database. The drain
 * first inserts the report and then reads the note. If the drain reads before the note exists,
 * endThread finds the report in the database. If the drain reads later, the drain finds the note.
 * So the receipt ends, whichever comes first.
 */
async function noteStored(drain: Drain, objects: readonly JudgedObject[]): Promise<void> {
  await forEachOf(drain, objects, async ({ key, report }) => {
    const ended = { ownerHash: report.ownerHash, tokenHash: report.writeHash }
    if (await isNotedEnded(drain.deps.bucket, ended)) drain.ended.push(ended)
    drain.done.push(key)
  })
}

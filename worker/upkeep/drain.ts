// Puts what waits in R2 into the database: what speaks of danger first, and reports before the follow-ups that may belong to them, a few
// in each run. Doing it twice changes nothing. What cannot be judged is set aside and kept.
import { sha256, type Bytes } from '#protocol/bytes'
import { KIND, readEnvelope } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { ID_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { requireKnownEpoch, type FindEpoch } from '#worker/keys/require-open'
import { insertOnce, isStored } from '#worker/reports/insert-once'
import { destroyNumbers, type EndedNumber } from '#worker/store/answers'
import { databaseBytes } from '#worker/store/database'
import { findEnded } from '#worker/store/ended'
import { findEpoch, type Epoch } from '#worker/store/epochs'
import {
  anyReportWaits,
  dropWaiting,
  listWaiting,
  readWaiting,
  setAside,
  type Tray,
  type WaitingReport,
} from '#worker/store/overflow'
import { insertFollowUp, raiseReport, type SealedReport } from '#worker/store/reports'

/**
 * How many in one run, which may ask the database fifty times on the free plan: up to 3 times for a report, 4 for a follow-up, twice for
 * the ended numbers of each kind, and 6 for the other chores.
 */
const REPORTS = 8
const FOLLOW_UPS = 4
/** Of these so many at most speak of danger: anybody can say so, and the others shall not lie behind them for good. */
const DANGER = { da: 5, db: 2, df: 3 } as const

/** Throws whatever the database throws when it does not answer: then all that is left waits for the next run. */
export async function drainOverflow(deps: Deps): Promise<void> {
  const { laneB, danger, all } = deps.fullAt
  const bytes = await databaseBytes(deps.db)
  if (bytes >= all) return
  const drain: Drain = {
    ...{ deps, done: [], ended: [] },
    findEpoch: remembering((epoch) => findEpoch(deps.db, epoch)),
    takesDanger: bytes < danger,
    takesLaneB: bytes < laneB,
  }
  for (const drainTrays of [drainReports, drainFollowUps])
    try {
      await drainTrays(drain)
    } finally {
      await letGo(drain)
    }
}

interface Drain {
  deps: Deps
  findEpoch: FindEpoch
  /** the database has room for lane B that speaks of danger */
  takesDanger: boolean
  /** the database has room for lane B */
  takesLaneB: boolean
  /** keys of what is in the database and may go from here */
  done: string[]
  /** numbers of it that were ended while it waited */
  ended: EndedNumber[]
}

async function drainReports(drain: Drain): Promise<void> {
  let left = REPORTS - (await drainTray(drain, 'da', DANGER.da))
  if (drain.takesDanger) left -= await drainTray(drain, 'db', Math.min(left, DANGER.db))
  left -= await drainTray(drain, 'a', left)
  if (drain.takesLaneB) await drainTray(drain, 'b', left)
}

async function drainFollowUps(drain: Drain): Promise<void> {
  const withDanger = await drainTray(drain, 'df', DANGER.df)
  await drainTray(drain, 'f', FOLLOW_UPS - withDanger)
}

/** Numbers first: if they cannot be ended now, all waits here still and is done again. */
async function letGo({ deps, done, ended }: Drain): Promise<void> {
  await destroyNumbers(deps.db, ended.splice(0))
  await dropWaiting(deps.bucket, done.splice(0))
}

function remembering(find: FindEpoch): FindEpoch {
  const known = new Map<number, Promise<Epoch | null>>()
  return (epoch) => {
    const asked = known.get(epoch) ?? find(epoch)
    known.set(epoch, asked)
    return asked
  }
}

/** @returns how many it looked at */
async function drainTray(drain: Drain, tray: Tray, limit: number): Promise<number> {
  if (limit === 0) return 0
  const { bucket, random } = drain.deps
  const keys = await listWaiting(bucket, tray, limit, random(ID_BYTES))
  for (const key of keys) if (await drainOne(drain, tray, key)) drain.done.push(key)
  return keys.length
}

/** @returns true when it is in the database and may go from here */
async function drainOne(drain: Drain, tray: Tray, key: string): Promise<boolean> {
  const { bucket } = drain.deps
  const waiting = await readWaiting(bucket, key)
  if (!waiting) return false
  try {
    return await storeWaiting(drain, tray, waiting)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await setAside(bucket, key)
    return false
  }
}

async function storeWaiting(drain: Drain, tray: Tray, waiting: WaitingReport): Promise<boolean> {
  const report = await reportOf(drain, tray, waiting)
  const { lookupHash } = report
  const { tokenHash: writtenWith } = waiting
  const isIn = writtenWith
    ? await storeFollowUp(drain, report, writtenWith)
    : await storeReport(drain, report)
  if (!isIn) return false
  // A number is noted as ended before the database is asked to end it, and looked for here after the insert. If this look comes before
  // the note, the database has the report when it is asked; if it comes after, it finds the note. No order leaves the number alive.
  const tokenHash = await findEnded(drain.deps.bucket, lookupHash)
  if (tokenHash) drain.ended.push({ lookupHash, tokenHash })
  return true
}

async function storeReport({ deps }: Drain, report: SealedReport): Promise<true> {
  const isNew = await insertOnce(deps, report)
  if (!isNew && report.lane === 'A') await raiseReport(deps.db, report.id)
  return true
}

/** @returns false when it has to wait on */
async function storeFollowUp(
  { deps, takesLaneB }: Drain,
  report: SealedReport,
  tokenHash: Bytes,
): Promise<boolean> {
  if (await insertFollowUp(deps.db, report, tokenHash)) return true
  if (await isStored(deps, report)) return true
  // Its thread may be among what still waits; without one it is of lane B.
  if (!takesLaneB || (await anyReportWaits(deps.bucket))) return false
  await insertOnce(deps, report)
  return true
}

async function reportOf(
  { findEpoch: find }: Drain,
  tray: Tray,
  { envelope: bytes, sealedBy, receivedDay }: WaitingReport,
): Promise<SealedReport> {
  const envelope = readEnvelope(bytes)
  await requireKnownEpoch(find, envelope)
  const { id, kind, danger, epoch, lookupHash, writeHash } = envelope
  return {
    ...{ id, kind, danger, epoch, lookupHash, writeHash, sealedBy, receivedDay, envelope: bytes },
    lane: (tray === 'a' || tray === 'da') && kind !== KIND.followUp ? 'A' : 'B',
    envelopeHash: await sha256(bytes),
  }
}

// Puts what waits in R2 into the database: what speaks of danger first, and reports before the follow-ups that may belong to them, a few
// in each run. Doing it twice changes nothing. What cannot be judged is set aside and kept.
import { sha256 } from '#protocol/bytes'
import { KIND, readEnvelope } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { ID_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { requireKnownEpoch, type FindEpoch } from '#worker/keys/require-open'
import { insertOnce } from '#worker/reports/insert-once'
import { databaseBytes } from '#worker/store/database'
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
import {
  findEnvelopeHash,
  insertFollowUp,
  raiseReport,
  type SealedReport,
} from '#worker/store/reports'

/** How many in one run, which may ask the database fifty times on the free plan. */
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
    deps,
    findEpoch: remembering((epoch) => findEpoch(deps.db, epoch)),
    takesLaneB: bytes < laneB,
  }
  let left = REPORTS - (await drainTray(drain, 'da', DANGER.da))
  if (bytes < danger) left -= await drainTray(drain, 'db', Math.min(left, DANGER.db))
  left -= await drainTray(drain, 'a', left)
  if (drain.takesLaneB) await drainTray(drain, 'b', left)
  const followUps = await drainTray(drain, 'df', DANGER.df)
  await drainTray(drain, 'f', FOLLOW_UPS - followUps)
}

interface Drain {
  deps: Deps
  findEpoch: FindEpoch
  /** the database has room for lane B */
  takesLaneB: boolean
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
  const done: string[] = []
  try {
    for (const key of keys) if (await drainOne(drain, tray, key)) done.push(key)
  } finally {
    await dropWaiting(bucket, done)
  }
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
  const { deps, takesLaneB } = drain
  const { db, bucket } = deps
  const report = await reportOf(drain, tray, waiting)
  if (waiting.tokenHash && (await insertFollowUp(db, report, waiting.tokenHash))) return true
  // Its thread may be among what still waits; without one it is of lane B.
  if (waiting.tokenHash && !(await findEnvelopeHash(db, report.id)))
    if (!takesLaneB || (await anyReportWaits(bucket))) return false
  const isNew = await insertOnce(deps, report)
  if (!isNew && report.lane === 'A') await raiseReport(db, report.id)
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

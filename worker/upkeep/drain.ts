// Puts what waits in R2 into the database: reports before the follow-ups that may belong to them, a few in each run. Doing it
// twice changes nothing. What cannot be judged is set aside and kept.
import { sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { KIND, readEnvelope } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { ID_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { requireKnownEpoch } from '#worker/keys/require-open'
import { databaseBytes } from '#worker/store/database'
import {
  anyReportWaits,
  dropWaiting,
  listWaiting,
  readWaiting,
  setAside,
  TRAYS,
  type Tray,
  type WaitingReport,
} from '#worker/store/overflow'
import {
  findEnvelopeHash,
  insertFollowUp,
  insertReport,
  raiseReport,
  type SealedReport,
} from '#worker/store/reports'

/** How many of each tray in one run: a run may ask the database fifty times. */
const BOUNDS: Readonly<Record<Tray, number>> = { a: 6, b: 4, f: 4 }

/** Throws whatever the database throws when it does not answer: then all that is left waits for the next run. */
export async function drainOverflow(deps: Deps): Promise<void> {
  const isFull = (await databaseBytes(deps.db)) >= deps.fullAt
  for (const tray of TRAYS) {
    if (tray === 'b' && isFull) continue
    const keys = await listWaiting(deps.bucket, tray, BOUNDS[tray], deps.random(ID_BYTES))
    const done: string[] = []
    try {
      for (const key of keys) if (await drainOne(deps, tray, key)) done.push(key)
    } finally {
      await dropWaiting(deps.bucket, done)
    }
  }
}

/** @returns true when it is in the database and may go from here */
async function drainOne(deps: Deps, tray: Tray, key: string): Promise<boolean> {
  const waiting = await readWaiting(deps.bucket, key)
  if (!waiting) return false
  try {
    return await storeWaiting(deps, tray, waiting)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await setAside(deps.bucket, key)
    return false
  }
}

async function storeWaiting(deps: Deps, tray: Tray, waiting: WaitingReport): Promise<boolean> {
  const report = await reportOf(deps, tray, waiting)
  if (waiting.tokenHash && (await insertFollowUp(deps.db, report, waiting.tokenHash))) return true
  const stored = await findEnvelopeHash(deps.db, report.id)
  if (stored) return isThere(deps, report, stored)
  // Its thread may be among what still waits.
  if (tray === 'f' && (await anyReportWaits(deps.bucket))) return false
  return insertReport(deps.db, report)
}

async function isThere(deps: Deps, report: SealedReport, stored: Bytes): Promise<true> {
  if (!sameBytes(stored, report.envelopeHash)) throw new Refusal('report_id_taken')
  if (report.lane === 'A') await raiseReport(deps.db, report.id)
  return true
}

async function reportOf(
  deps: Deps,
  tray: Tray,
  { envelope: bytes, sealedBy, receivedDay }: WaitingReport,
): Promise<SealedReport> {
  const envelope = readEnvelope(bytes)
  await requireKnownEpoch(deps, envelope)
  const { id, kind, danger, epoch, lookupHash, writeHash } = envelope
  return {
    ...{ id, kind, danger, epoch, lookupHash, writeHash, sealedBy, receivedDay, envelope: bytes },
    lane: tray === 'a' && kind !== KIND.followUp ? 'A' : 'B',
    envelopeHash: await sha256(bytes),
  }
}

// Seals the first report of a planned thread with its files, and returns the new thread. The events
// of the thread follow in play-thread.ts.
import { fromB64, type Bytes } from '#protocol/bytes'
import type { SealingKeys } from '#protocol/report/envelope'
import type { CaseLeaf } from '#protocol/staff/ledger/checkpoint-leaves'
import type { Status, WaitsFor } from '#protocol/staff/fields'
import { dayOf } from '#protocol/time'
import { noRows, type CaseRows } from '#scripts/demo/play-case'
import type { PlannedReport } from '#scripts/demo/plan-report'
import type { SampleFile, SampleName } from '#scripts/demo/sample-files'
import { sealFirst, type SealedMessage, type ThreadKeys } from '#scripts/demo/seal-planned'
import { sealSample, type SealedChunk } from '#scripts/demo/seal-sample'
import type { CaseLogRow } from '#scripts/demo/sign-changes'

export interface PlayedThread {
  plan: PlannedReport
  first: SealedMessage
  ownerHash: Bytes
  /** null when the reporter ended the thread */
  writeHash: Bytes | null
  status: Status
  /** the side that the case is waiting for, and the day when the wait began */
  waits: { for: WaitsFor; since: string }
  /** true when the first report or any follow-up reports danger */
  danger: boolean
  /** the day of the newest follow-up that reports danger */
  dangerDay: string | null
  followUps: (SealedMessage & { day: string })[]
  replies: { index: number; day: string; sealed: Bytes }[]
  rows: CaseRows
  log: CaseLogRow[]
  /** sums up the log; null for a case without a row */
  leaf: CaseLeaf | null
  chunks: SealedChunk[]
}

export interface Sealers {
  sealing: SealingKeys
  samples: Readonly<Record<SampleName, SampleFile>>
}

export async function beginThread(
  { sealing, samples }: Sealers,
  plan: PlannedReport,
): Promise<{ played: PlayedThread; thread: ThreadKeys }> {
  const files = plan.files.map((name) => samples[name])
  const { message: first, thread, listed } = await sealFirst(sealing, plan, files)
  const chunks = await Promise.all(
    files.map(({ content }, place) =>
      sealSample(first.id, place, fromB64(listed[place]?.key ?? ''), content),
    ),
  )
  const played: PlayedThread = {
    plan,
    first,
    ...thread.hashes,
    status: 'new',
    waits: { for: 'us', since: dayOf(plan.arrivedAt) },
    danger: plan.danger,
    dangerDay: null,
    followUps: [],
    replies: [],
    rows: noRows(),
    log: [],
    leaf: null,
    chunks: chunks.flat(),
  }
  return { played, thread }
}

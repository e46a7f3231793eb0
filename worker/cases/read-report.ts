// Returns a sealed report with its thread to somebody on intake. Only their device can open the
// report.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { OpenedReport } from '#protocol/staff/cases'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { findThread } from '#worker/store/queue'
import { parseB64 } from '#worker/parse'
import { queueItem } from './list-queue.ts'

/** Throws Refusal `not_allowed`, `malformed`, `not_found`. */
export async function readReport(deps: StaffDeps, id: string): Promise<OpenedReport> {
  requireRole(deps.actor, 'intake')
  const thread = await findThread(deps.db, parseB64(id))
  if (!thread) throw new Refusal('not_found')
  return {
    item: queueItem(thread.line),
    envelope: toB64(thread.envelope),
    followUps: thread.followUps.map((each) => ({
      ...each,
      id: toB64(each.id),
      envelope: toB64(each.envelope),
    })),
    caseFile: thread.caseFile && {
      revision: thread.caseFile.revision,
      sealed: toB64(thread.caseFile.sealed),
    },
    answers: thread.answers.map((each) => ({ ...each, sealed: toB64(each.sealed) })),
    answerable: thread.answerable,
  }
}

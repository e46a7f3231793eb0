// Lists all invariants. docs/requirements.md (R43) cites them: each invariant holds for every order
// of events.
import type { Evidence, Invariant } from '#scripts/lab/simulate/evidence'
import type { BrokenPromise } from '#scripts/lab/simulate/figures'
import { CASE_LOG_INVARIANTS } from '#scripts/lab/simulate/invariants/case-logs'
import { ENDED_INVARIANTS } from '#scripts/lab/simulate/invariants/ended'
import { DRAIN_INVARIANTS } from '#scripts/lab/simulate/invariants/drain'
import { FILE_INVARIANTS } from '#scripts/lab/simulate/invariants/files'
import { GRADE_INVARIANTS } from '#scripts/lab/simulate/invariants/grades'
import { OBJECT_INVARIANTS } from '#scripts/lab/simulate/invariants/objects'
import { REFUSAL_INVARIANTS } from '#scripts/lab/simulate/invariants/refusals'
import { REPORT_INVARIANTS } from '#scripts/lab/simulate/invariants/reports'
import { REPLY_INVARIANTS } from '#scripts/lab/simulate/invariants/replies'
import { THREAD_INVARIANTS } from '#scripts/lab/simulate/invariants/threads'
import { TRACE_INVARIANTS } from '#scripts/lab/simulate/invariants/traces'

export const INVARIANTS: readonly Invariant[] = [
  ...REPORT_INVARIANTS,
  ...REFUSAL_INVARIANTS,
  ...GRADE_INVARIANTS,
  ...DRAIN_INVARIANTS,
  ...THREAD_INVARIANTS,
  ...ENDED_INVARIANTS,
  ...REPLY_INVARIANTS,
  ...CASE_LOG_INVARIANTS,
  ...FILE_INVARIANTS,
  ...OBJECT_INVARIANTS,
  ...TRACE_INVARIANTS,
]

/** Lists the invariants that a world has violated. */
export const brokenIn = (evidence: Evidence): BrokenPromise[] =>
  INVARIANTS.map(({ name, sentence, faults }) => ({
    name,
    sentence,
    faults: faults(evidence),
  })).filter(({ faults }) => faults.length > 0)

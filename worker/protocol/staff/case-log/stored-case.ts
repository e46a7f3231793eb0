// Defines the schema of a report with its thread and its case, as sent when a person opens the
// report. The staff app and the edge parse with the same schema, because neither trusts the other.
import * as z from 'zod/mini'
import { MAX_ENVELOPE_BYTES, REPLY_BYTES } from '../../limits.ts'
import { CaseGrant, CaseKey, CaseSecret, SealedCek, SealedEntry } from './bodies.ts'
import { b64Of, b64UpTo, day, id } from '../fields.ts'
import { LedgerRow } from '../ledger/rows.ts'
import { QueueItem } from '../list/queue.ts'

/** The numbers of the chunks of a file that have arrived, in no particular order. */
export const ArrivedChunks = z.object({ arrived: z.array(z.int()) })
export type ArrivedChunks = z.infer<typeof ArrivedChunks>

/** The complete envelope, or header ‖ body once the letter has been taken into a case. */
const envelope = b64UpTo(MAX_ENVELOPE_BYTES)

/** A letter that has been taken into a case. */
export const TakenLetter = z.object({
  id,
  /** the case whose key opens the letter */
  caseId: id,
  keyNo: z.int(),
  sealed: SealedCek,
})
export type TakenLetter = z.infer<typeof TakenLetter>

/** A report with its thread and its case, still sealed, as stored. */
export const StoredCase = z.object({
  item: QueueItem,
  /** the case into which this one has been merged; null for a case that has not been merged */
  mergedInto: z.nullable(id),
  /** the other reports of the case, which the app opens through the same route */
  absorbed: z.array(id),
  envelope,
  followUps: z.array(z.object({ id, day, sealedBy: z.enum(['device', 'worker']), envelope })),
  /** the rows of the case log, oldest first */
  log: z.array(LedgerRow),
  /** the letters of the thread that are in a case, which is nearly always this one */
  taken: z.array(TakenLetter),
  /** the keys of this case, and of other cases that contain letters of the thread */
  caseKeys: z.array(CaseKey),
  /** the `key.make` rows of other cases that contain letters of the thread; see readKeyRows */
  keyRows: z.array(LedgerRow),
  /** for a caseworker: copies of the case keys; empty for intake, who have the team key */
  grants: z.array(CaseGrant),
  /** the secrets needed to open the case keys, in addition to the team key or the person's key */
  secrets: z.array(z.object({ caseId: id, secret: CaseSecret })),
  /** `n` is the number of the row that records the entry */
  entries: z.array(z.object({ n: z.int(), sealed: SealedEntry })),
  /** record 0 is the summary, and all other records describe one person each */
  records: z.array(
    z.object({ record: z.int(), revision: z.int(), keyNo: z.int(), sealed: SealedEntry }),
  ),
  answers: z.array(z.object({ index: z.int(), day, sealed: b64Of(REPLY_BYTES) })),
  /**
   * false when the person did not want a receipt, or destroyed the thread; staff then cannot reply
   */
  answerable: z.boolean(),
})
export type StoredCase = z.infer<typeof StoredCase>

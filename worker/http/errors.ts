// Converts every error to `{ error: { code } }` and nothing else. No error is logged, because an
// error may quote what a person wrote.
import type { Context } from 'hono'
import { Refusal, type ErrorCode } from '#protocol/errors'

type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 429 | 500 | 503

const STATUS: Partial<Record<ErrorCode, RefusalStatus>> = {
  not_found: 404,
  method_not_allowed: 405,
  wrong_content_type: 415,
  too_large: 413,
  file_too_large: 413,
  cross_site: 403,
  https_only: 403,
  internal: 500,
  unavailable: 503,
  // Only after these three codes does a page fetch new keys.
  epoch_unknown: 409,
  epoch_retired: 409,
  key_unknown: 409,
  check_unavailable: 503,
  check_failed: 403,
  manifest_malformed: 503,
  manifest_suite: 503,
  manifest_expired: 503,
  sealing_failed: 503,
  signed_out: 401,
  not_allowed: 403,
  invitation_unknown: 404,
  invitation_expired: 410,
  person_unknown: 404,
  last_reader: 409,
  last_slot: 409,
  slots_full: 409,
  slot_unknown: 404,
  prove_again: 403,
  last_keeper: 409,
  epoch_in_use: 409,
  team_in_use: 409,
  devices_full: 409,
  paper_unknown: 404,
  wrong_passphrase: 401,
  too_many_tries: 429,
  challenge_unknown: 401,
  passkey_refused: 401,
  passkey_unknown: 401,
  signature_refused: 403,
  chain_moved: 409,
  ledger_behind: 409,
  status_changed: 409,
  report_grew: 409,
  case_key_changed: 409,
  assignee_changed: 409,
  record_changed: 409,
  piece_changed: 409,
  case_merged: 409,
  case_full: 409,
  receivers_full: 409,
  figures_left: 409,
  slot_taken: 409,
  no_return_number: 409,
  discard_open: 409,
  discard_grew: 409,
  discard_ended: 409,
  thread_unknown: 409,
}

/**
 * Returns the HTTP status of a code. Most codes with status 400 stand for a mistake that a person
 * can correct.
 */
export const statusOf = (code: ErrorCode): RefusalStatus => STATUS[code] ?? 400

export const codeOf = (error: unknown): ErrorCode =>
  error instanceof Refusal ? error.code : 'internal'

export const refuse = (
  c: Context,
  code: ErrorCode,
  headers: Record<string, string> = {},
  status: RefusalStatus = statusOf(code),
): Response => c.json({ error: { code } }, status, headers)

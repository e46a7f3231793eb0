// Contains the closed list of error codes. The site turns a code into a sentence that explains the
// next step.
export const ERROR_CODES = [
  // any route
  'not_found',
  'method_not_allowed',
  'wrong_content_type',
  'too_large',
  'cross_site',
  'https_only',
  'malformed',
  'internal',
  'unavailable',
  // sealed reports
  'envelope_length',
  'envelope_version',
  'envelope_suite',
  'envelope_kind',
  'envelope_malformed',
  'epoch_unknown',
  'epoch_retired',
  'key_unknown',
  // letters
  'letter_unreadable',
  'letter_incomplete',
  // the Turnstile check in flood mode
  'check_unavailable',
  'check_failed',
  // keys
  'manifest_malformed',
  'manifest_suite',
  'manifest_signature',
  'manifest_expired',
  // typed words
  'text_empty',
  'text_too_long',
  'field_too_long',
  'text_broken',
  'file_empty',
  'file_too_large',
  'receipt_length',
  'receipt_slip',
  // failures on the device
  'sealing_failed',
  'network',
  'cannot_open',
  // staff
  'signed_out',
  'not_allowed',
  'invitation_unknown',
  'invitation_expired',
  'person_unknown',
  'last_reader',
  'last_slot',
  'slots_full',
  'slot_unknown',
  'prove_again',
  'last_keeper',
  'epoch_in_use',
  'team_in_use',
  'device_refused',
  'devices_full',
  'challenge_unknown',
  'passkey_refused',
  'passkey_unknown',
  'paper_unknown',
  'too_many_tries',
  'signature_refused',
  'chain_moved',
  'ledger_behind',
  'ledger_broken',
  'ledger_fork',
  'log_older',
  'letter_differs',
  'checkpoint_withheld',
  'made_newer',
  'status_changed',
  'report_grew',
  'case_key_changed',
  'assignee_changed',
  'record_changed',
  'piece_changed',
  'case_merged',
  'case_full',
  'receivers_full',
  'figures_left',
  'needs_reader',
  'slot_taken',
  'no_return_number',
  'discard_open',
  'discard_grew',
  'discard_ended',
  'thread_unknown',
  'wrong_passphrase',
  'no_prf',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** An error with one code from the list. The edge sends only the code, never the cause. */
export class Refusal extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

/** Returns true for a refusal with one of the given codes. */
export const isRefusalOf = (thrown: unknown, ...codes: ErrorCode[]): boolean =>
  thrown instanceof Refusal && codes.includes(thrown.code)

export const isErrorCode = (code: unknown): code is ErrorCode =>
  (ERROR_CODES as readonly unknown[]).includes(code)

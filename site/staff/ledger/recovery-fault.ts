// Lists all faults that can stop a recovery. The page and the terminal look up the sentence for a
// code in content/strings, under `recovery.fault.<code>`.
export type RecoveryCode =
  | 'share_letter'
  | 'share_length'
  | 'share_typo'
  | 'share_foreign'
  | 'share_twice'
  | 'share_older'
  | 'shares_wrong'
  | 'file_unreadable'
  | 'export_foreign'
  | 'export_broken'
  | 'root_closed'
  | 'no_keys'
  | 'request_foreign'
  | 'request_keys'
  | 'request_colleague'
  | 'request_certified'
  | 'request_no_reader'
  | 'digits_differ'
  | 'keeper_unknown'
  | 'ledger_older'

/** The values that fill the {placeholders} of a sentence. */
export type FaultValues = Readonly<Record<string, string | number>>

/** Stops a recovery. Nothing has been made or written at that point. */
export class RecoveryFault extends Error {
  readonly code: RecoveryCode
  readonly values: FaultValues

  constructor(code: RecoveryCode, values: FaultValues = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.values = values
  }
}

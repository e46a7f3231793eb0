// Declares the part of the roster that is about keys. The part holds epochs, generations of the
// team key, lost case keys, checkpoints and restarts.

export interface RosterEpoch {
  epoch: number
  /** base64url */
  manifest: string
  openedBy: string
  /** number of the row `epoch.open` */
  row: number
  /** the first UTC day on which the edge refuses letters; null while no row retires the epoch */
  retiredDay: string | null
  /** true when the private keys were deleted */
  hasEnded: boolean
}

export interface TeamGeneration {
  generation: number
  /** base64url of 32 bytes, see TeamOpen */
  commitment: string
  openedBy: string
  /** number of the row `team.open` */
  row: number
  hasEnded: boolean
}

/** The row that names a case key as lost. */
export interface LostKey {
  signedBy: string
  row: number
  /** UTC minute */
  at: string
}

export interface RosterCheckpoint {
  signedBy: string
  /** number of the row */
  row: number
  /** UTC minute */
  at: string
  cases: number
  /** base64url of 32 bytes */
  digest: string
}

export interface LedgerRestarted {
  signedBy: string
  /** number of the row, which follows the last row that the restart keeps */
  row: number
  at: string
  /** number of the last row that the restart cuts */
  cutAt: number
}

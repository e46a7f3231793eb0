// Declares the dependencies that callers pass to verbs: stores, limits, settings, the clock and
// randomness. Verbs do not import the dependencies, so that a test can replace them.
import type { Bytes } from '#protocol/bytes'
import type { Role } from '#protocol/staff/fields'
import type { AlertSettings } from '#worker/alerts/settings'
import type { Bounds } from '#worker/reports/database-bounds'
import type { Flow } from '#worker/reports/rate-limit'
import type { RunSize } from '#worker/scheduled/share-run'
import type { DiscardSize } from '#worker/scheduled/discard-size'
import type { Database } from '#worker/store/database'

export interface Deps {
  db: Database
  /** R2: chunks of files, and reports that are waiting for the database */
  bucket: R2Bucket
  /** Counts one arrival. Returns true when more reports arrive than the database should accept. */
  isFlooded: (flow: Flow) => Promise<boolean>
  /** `auto`, or `on` or `off` to set flood mode by hand */
  floodMode: string
  /** Counts one chunk of this report's files. Returns true when the chunk may be stored now. */
  isWithinRate: (owner: Bytes) => Promise<boolean>
  /** addresses for alerts and digests, and the times of the calls */
  alerts: AlertSettings
  /**
   * Records that a report or follow-up with this id has been stored. The caller does not wait for
   * the record. Never throws.
   */
  arrived: (danger: boolean, letter: Bytes) => void
  /** limits of the database, in bytes */
  fullAt: Bounds
  /** the limits for one run of the drain */
  runSize: RunSize
  /** the maximum numbers of objects and of rows that a discard deletes in one run of the clock */
  discardSize: DiscardSize
  /** milliseconds since 1970 */
  now: () => number
  random: (length: number) => Bytes
}

/**
 * The relying party of passkeys, derived from the address of the staff app and never from what a
 * browser claims.
 */
export interface RelyingParty {
  /** `https://staff.example.org` */
  origin: string
  /** `staff.example.org` */
  id: string
}

/** The signed-in staff member. */
export interface Actor {
  id: Bytes
  roles: Role[]
  /** ECDSA P-256 point, 65 bytes: verifies the signatures on the actor's changes */
  signPublic: Bytes
  session: {
    /** random, 16 bytes; identifies the session to its owner */
    id: Bytes
    /** the last proof of presence, milliseconds since 1970 */
    provenAt: number
  }
  /**
   * last day of the person's keeper certificate, in days since 1970; null for a person who is not a
   * keeper
   */
  keeperLastDay: number | null
}

export interface StaffDeps extends Deps {
  actor: Actor
}

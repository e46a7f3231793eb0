// Declares the arguments that verbs share: storage, limits, clock and randomness. A verb does not
// import these arguments, so that a test can replace them.
import type { Bytes } from '#protocol/bytes'
import type { Role } from '#protocol/staff/fields'
import type { AlertSettings } from '#worker/alerts/settings'
import type { Bounds, Flow } from '#worker/reports/rate-limit'
import type { RunSize } from '#worker/scheduled/share-run'
import type { DiscardSize } from '#worker/scheduled/discard-size'
import type { Database } from '#worker/store/database'

export interface Deps {
  db: Database
  /** R2: chunks of files, and reports that wait for the database */
  bucket: R2Bucket
  /** Counts one arrival. Returns true when more arrive than the database should take. */
  isFlooded: (flow: Flow) => Promise<boolean>
  /** Counts one chunk of this report's files. Returns true when the chunk may be stored now. */
  isWithinRate: (owner: Bytes) => Promise<boolean>
  /** addresses and times of the calls for alerts and digests */
  alerts: AlertSettings
  /** Notes that a report was stored. The caller does not wait for the note. Never throws. */
  arrived: (danger: boolean) => void
  /** bounds of the database, in bytes */
  fullAt: Bounds
  /** the limits of one run of the drain */
  runSize: RunSize
  /** the number of objects and rows that a run of the clock deletes for a discard */
  discardSize: DiscardSize
  /** milliseconds since 1970 */
  now: () => number
  random: (length: number) => Bytes
}

/** The owner of passkeys, read from the address of the staff app, never from a browser's claim. */
export interface RelyingParty {
  /** `https://staff.example.org` */
  origin: string
  /** `staff.example.org` */
  id: string
}

/** The member of the staff who is signed in. */
export interface Actor {
  id: Bytes
  roles: Role[]
  /** ECDSA P-256 point, 65 bytes: checks the signatures of the actor's changes */
  signPublic: Bytes
  /** last day of the certificate as a keeper, in days since 1970; null for another person */
  keeperLastDay: number | null
}

export interface StaffDeps extends Deps {
  actor: Actor
}

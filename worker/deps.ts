// What a verb is given instead of reaching for it: tests hand in a clock of their own.
import type { Bytes } from '#protocol/bytes'
import type { Role } from '#protocol/staff'
import type { Bounds, Flow } from '#worker/reports/flood'
import type { Database } from '#worker/store/database'

export interface Deps {
  db: Database
  /** R2: files, and reports that wait for the database */
  bucket: R2Bucket
  /** counts one thing that came, and says whether more such come than the database should take */
  isFlooded: (flow: Flow) => Promise<boolean>
  /** counts one chunk of this report's files, and says whether it may be kept now */
  isWithinPace: (owner: Bytes) => Promise<boolean>
  /** up to which the database is filled */
  fullAt: Bounds
  /** milliseconds since 1970 */
  now: () => number
  random: (length: number) => Bytes
}

/** Where passkeys belong: derived from the address of the staff app, never from what a browser claims. */
export interface RelyingParty {
  /** `https://staff.example.org` */
  origin: string
  /** `staff.example.org` */
  id: string
}

/** Who is signed in. */
export interface Actor {
  id: Bytes
  roles: Role[]
  /** ECDSA P-256 point, 65 bytes: their changes are signed with it */
  signPublic: Bytes
}

export interface StaffDeps extends Deps {
  actor: Actor
}

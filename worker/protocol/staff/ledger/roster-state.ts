// Declares the roster: the people, invitations and keys that a replay of the ledger produces. The
// roster also contains epochs, generations of the team key, lost case keys, checkpoints and
// restarts.
import type { Bytes } from '../../bytes.ts'
import { NO_ROW } from '../chain.ts'
import type { Role } from '../fields.ts'
import { rootIdOf } from './rows.ts'
import type { QuietSet, RotaSet } from '../alerts/rota.ts'
import type { LeftFigures } from '../figures.ts'
import type { RosterReceiver } from '../receivers.ts'

export interface RosterEpoch {
  epoch: number
  /** base64url */
  manifest: string
  openedBy: string
  /** number of the `epoch.open` row */
  row: number
  /** the first UTC day on which the edge refuses letters; null until a row retires the epoch */
  retiredDay: string | null
  /** true once the private keys have been deleted */
  hasEnded: boolean
}

export interface TeamGeneration {
  generation: number
  /** base64url of 32 bytes; see TeamOpen */
  commitment: string
  openedBy: string
  /** number of the `team.open` row */
  row: number
  hasEnded: boolean
}

/** The row that declares a case key lost. */
export interface LostKey {
  signedBy: string
  row: number
  /** UTC minute */
  at: string
}

export interface RosterCheckpoint {
  signedBy: string
  /** row number */
  row: number
  /** UTC minute */
  at: string
  cases: number
  /** base64url of 32 bytes */
  digest: string
}

export interface LedgerRestarted {
  signedBy: string
  /** number of the restart's row, which follows the last row that the restart keeps */
  row: number
  at: string
  /** number of the last row that the restart discards */
  cutAt: number
}

/** A person in the ledger. */
export interface Member {
  id: string
  /** base64url of a P-256 point */
  signPublic: string
  /** base64url of a hybrid key */
  hpkePublic: string
  /** SHA-256 of salt and name, base64url; see nameHashOf */
  nameHash: string
  /** `waiting` until a colleague confirms the person; the app seals only to confirmed people */
  state: 'waiting' | 'confirmed' | 'refused' | 'removed'
  /**
   * the roles of a confirmed person, or the roles that the invitation offers to a waiting person
   */
  roles: Role[]
  /** token hash of the invitation; null for a person whom the root certified */
  invitation: string | null
  /** id of the colleague who confirmed the person, or of the root that certified them; or null */
  confirmedBy: string | null
  /** input to the digits: hash of the invitation's row, or NO_ROW for new keys; null otherwise */
  digitsHash: Bytes | null
  /** the root's certificate for signing manifests; null for a person who is not a keeper */
  keeper: Keeper | null
  /** absent until a colleague ends the person's access */
  left?: Departed
}

/** The end of a person's access. */
export interface Departed {
  /** UTC minute */
  at: string
  /** true when caseworkers see a number instead of the name */
  isNumberOnly: boolean
}

/** Returns a person's number in the order of joining; later rows do not change this number. */
export const memberNumber = ({ people }: Pick<Roster, 'people'>, id: string): number =>
  [...people.keys()].indexOf(id) + 1

export interface Keeper {
  /** days since 1970, UTC */
  lastDay: number
  /** base64url of 64 bytes, as in manifests */
  certificate: string
}

export interface InvitationOffer {
  roles: Role[]
  /** milliseconds since 1970 */
  expiresAt: number
  createdBy: string
  state: 'open' | 'used' | 'withdrawn'
  /** row hash, from which the digits are computed */
  rowHash: Bytes
}

/** The ledger rows between which a person could sign as a reader or a caseworker. */
export interface ReaderSpan {
  /** base64url */
  signPublic: string
  /** number of the row that began the span */
  from: number
  /** number of the row that ended the span, itself outside the span; null while the span lasts */
  until: number | null
}

export interface Roster {
  /** number of rows that were replayed */
  rows: number
  /** hash of the last row */
  head: Bytes
  /** UTC minute of the last row; empty if there are no rows */
  headAt: string
  /** the hash of each row, beginning with row 1 */
  hashes: Bytes[]
  /** number of the first row that a newer version of this code made; null if there is none */
  newerAt: number | null
  rootId: string
  people: Map<string, Member>
  /**
   * all present and former readers, keyed by id; their rows in case logs count only within these
   * spans
   */
  readers: Map<string, ReaderSpan[]>
  /** the same as `readers`, for all present and former caseworkers */
  caseworkers: Map<string, ReaderSpan[]>
  /** keyed by token hash, base64url */
  invitations: Map<string, InvitationOffer>
  epochs: Map<number, RosterEpoch>
  teams: Map<number, TeamGeneration>
  /** case keys that a reader declared lost, keyed by caseKeyName */
  lostKeys: Map<string, LostKey>
  /** public half of the recovery key, base64url; empty before `org.begin` */
  recovery: string
  /** last row that added or removed a reader or a caseworker, with its signer; or null */
  peopleChange: { row: number; by: string } | null
  /**
   * Number of the last row that removed a reader, changed a reader's keys or renewed the recovery
   * key. A former reader may have the keys of epochs and generations from before this row. New
   * sheets do not open older epochs and generations, so readers replace the older ones.
   */
  leftAt: number
  checkpoint: RosterCheckpoint | null
  restart: LedgerRestarted | null
  /** the people who are called when there is danger; null until an admin has set them */
  rota: RotaSet | null
  /** quiet hours, keyed by the id of the person who set them */
  quiet: Map<string, QuietSet>
  /**
   * SHA-256 of the text, keyed by the name of the template, base64url; absent when the app's own
   * text is used
   */
  templates: Map<string, string>
  /** keyed by id */
  receivers: Map<string, RosterReceiver>
  /** the yearly tables that have left, in chronological order */
  figures: LeftFigures[]
}

/** Makes the roster as it is before the first row. @param root  the pinned root key, 65 bytes */
export const emptyRoster = async (root: Bytes): Promise<Roster> => ({
  rows: 0,
  head: NO_ROW,
  headAt: '',
  hashes: [],
  newerAt: null,
  rootId: await rootIdOf(root),
  people: new Map(),
  readers: new Map(),
  caseworkers: new Map(),
  invitations: new Map(),
  epochs: new Map(),
  teams: new Map(),
  lostKeys: new Map(),
  ...{ recovery: '', leftAt: 0, peopleChange: null, checkpoint: null, restart: null },
  ...{ rota: null, quiet: new Map(), templates: new Map(), receivers: new Map() },
  figures: [],
})

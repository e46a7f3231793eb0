// Defines the evidence of a world: its requests and responses, and the contents of the stores at
// several moments. An invariant is a statement that must be true in every world.
import { toB64 } from '#protocol/bytes'
import { readEnvelope, type Envelope } from '#protocol/report/envelope'
import type { Profile } from '#scripts/lab/simulate/profile'
import { idOfBytes, type WorldRecord } from '#scripts/lab/simulate/record'
import type { SentRequest } from '#scripts/lab/simulate/sent-requests'
import type { WaitingEnvelope } from '#scripts/lab/simulate/objects'
import type { Stored } from '#scripts/lab/simulate/schema'
import type { StoredReport } from '#scripts/lab/simulate/report-rows'
import type { ReplayedLogs } from '#scripts/lab/simulate/verify-logs'

export interface Evidence {
  profile: Profile
  record: WorldRecord
  /** the stores as they were when the faults ended */
  before: Stored
  /** the stores after the quiet minutes without faults and another two days */
  after: Stored
  /** the stores another 32 days later */
  later: Stored
  /** number of quiet minutes until the overflow was empty */
  quietMinutes: number
  /** true when the overflow was empty after the quiet minutes */
  isDrained: boolean
  /** all case logs, as a staff browser replays them */
  caseLogs: ReplayedLogs
  /** SHA-256 of the current manifest with its hybrid key */
  keysHash: string
}

export interface Invariant {
  name: string
  /** the invariant, as one sentence */
  sentence: string
  /** Lists the faults that violate the invariant. */
  faults: (evidence: Evidence) => string[]
}

type Held = StoredReport | WaitingEnvelope

/** Lists every report and follow-up in the stores. */
export const everythingHeld = ({ reports, followUps, waiting, quarantined }: Stored): Held[] => [
  ...reports,
  ...followUps,
  ...waiting,
  ...quarantined,
]

export const hashesHeld = (stored: Stored): Set<string> =>
  new Set(everythingHeld(stored).map(({ hash }) => hash))

const read = new WeakMap<Uint8Array, Envelope>()

/** Reads the header of an envelope in a store. */
export function headerOf({ bytes }: Held): Envelope {
  const header = read.get(bytes) ?? readEnvelope(bytes)
  read.set(bytes, header)
  return header
}

export const headerOwnerOf = (held: Held): string => toB64(headerOf(held).ownerHash)

/** Computes the id of a report from its bytes, because a store may use the wrong name. */
export const idOf = ({ bytes }: Held): string => idOfBytes(bytes)

export const isRefused = ({ status }: SentRequest): boolean =>
  status !== null && status >= 400 && status < 500

/** Returns true when the request received a response and no store failed during the request. */
export const isCalm = ({ status, isDisturbed }: SentRequest): boolean =>
  status !== null && !isDisturbed

/** Returns true when every request was refused and no store failed during any of the requests. */
export const isRefusedCalmly = (requests: readonly SentRequest[]): boolean =>
  requests.length > 0 && requests.every((each) => isRefused(each) && isCalm(each))

/** Lists values that occur more than once. */
export function doubled(values: readonly string[]): string[] {
  const seen = new Set<string>()
  return values.filter((value) => seen.size === seen.add(value).size)
}

// Defines the schemas of signed rows about alerts: the people to call when there is danger, and
// quiet hours. Also decides which people a round calls. The staff app and the edge share the
// decision, so that the screen shows whom the edge will call. All hours are hours in the
// organisation's time zone, and a time `at` is a value of localMs from content/clock.ts.
import * as z from 'zod/mini'
import { sha256, utf8, type Bytes } from '../../bytes.ts'
import { DAY_MS, ID_BYTES } from '../../limits.ts'
import { id } from '../fields.ts'

const HOUR_MS = 3_600_000
/** Maximum number of people in one call order. */
const MAX_IN_ORDER = 5

const hour = z.int().check(z.gte(0), z.lte(23))
const order = z.array(id).check(z.maxLength(MAX_IN_ORDER))

/**
 * `rota.set`: an admin sets the people to call when there is danger, and their order. The subject
 * is the signer.
 */
export const RotaSet = z.object({
  nightFrom: hour,
  nightUntil: hour,
  /** one order for each night; the first night is Monday night */
  nights: z.array(order).check(z.length(7)),
  /** the order outside the night */
  days: order,
})
export type RotaSet = z.infer<typeof RotaSet>

/** `quiet.set`: a person sets their own quiet hours. The subject is the signer. */
export const QuietSet = z.object({
  from: hour,
  /** the same hour as `from` when there are no quiet hours */
  until: hour,
  /** true when the person is called for the digest */
  hasDigest: z.boolean(),
})
export type QuietSet = z.infer<typeof QuietSet>

export const NO_QUIET: QuietSet = { from: 0, until: 0, hasDigest: true }

/** The facts that determine which people are called. */
export interface OnCall {
  rota: RotaSet | null
  /** keyed by person */
  quiet: ReadonlyMap<string, QuietSet>
  /** the people who have a device */
  reachable: readonly string[]
}

/** Returns the id of a device, which reveals nothing about its address. */
export const deviceIdOf = async (endpoint: string): Promise<Bytes> =>
  (await sha256(utf8(endpoint))).slice(0, ID_BYTES)

/** Returns true when the time `at` lies between two hours, including the first. */
function isBetween(at: number, from: number, until: number): boolean {
  const now = Math.floor((at % DAY_MS) / HOUR_MS)
  return from <= until ? now >= from && now < until : now >= from || now < until
}

/**
 * Returns the number of the night at the time `at`; 0 is Monday night. Returns null outside the
 * night.
 */
export function nightAt({ nightFrom, nightUntil }: RotaSet, at: number): number | null {
  if (!isBetween(at, nightFrom, nightUntil)) return null
  // The hours after midnight are part of the night that began the day before.
  const isMorning = nightFrom > nightUntil && isBetween(at, 0, nightUntil)
  return dayOfWeek(isMorning ? at - DAY_MS : at)
}

/** Returns 0 for a Monday. Day 0 of 1970 was a Thursday. */
const dayOfWeek = (at: number): number => (Math.floor(at / DAY_MS) + 3) % 7

export const isQuiet = ({ quiet }: Pick<OnCall, 'quiet'>, person: string, at: number): boolean => {
  const { from, until } = quiet.get(person) || NO_QUIET
  return from !== until && isBetween(at, from, until)
}

/**
 * Returns, in order, the people with a device who are on duty at the time `at`. A person on duty at
 * night is called even during their own quiet hours. Outside the night, nobody is called during
 * their quiet hours.
 */
export function dutyAt(onCall: OnCall, at: number): string[] {
  const { rota, reachable } = onCall
  if (!rota) return []
  const night = nightAt(rota, at)
  const people = night === null ? rota.days : rota.nights[night] || []
  return people.filter(
    (person) => reachable.includes(person) && (night !== null || !isQuiet(onCall, person, at)),
  )
}

/** Returns the nights on which nobody can be reached, starting with tonight; 0 is Monday night. */
export function emptyNights(
  { rota, reachable }: { rota: RotaSet; reachable: readonly string[] },
  at: number,
): number[] {
  if (rota.nightFrom === rota.nightUntil) return []
  const tonight = nightAt(rota, at) ?? dayOfWeek(at)
  return Array.from({ length: 7 }, (_, n) => (tonight + n) % 7).filter(
    (night) => !rota.nights[night]?.some((person) => reachable.includes(person)),
  )
}

/**
 * Returns the people whom a round of an alert calls. Each round calls the next person on duty. When
 * no person on duty is left, a round calls everybody with a device, even in quiet hours. If nobody
 * is on duty, the first round calls the people who are not in their quiet hours now.
 *
 * @param round  from 1
 */
export function calledInRound(onCall: OnCall, round: number, at: number): readonly string[] {
  const duty = dutyAt(onCall, at)
  const next = duty[round - 1]
  if (next !== undefined) return [next]
  const awake = onCall.reachable.filter((person) => !isQuiet(onCall, person, at))
  return duty.length === 0 && round === 1 && awake.length > 0 ? awake : onCall.reachable
}

/**
 * Returns the people whom a round calls after a colleague has taken the alert. Round 0 calls that
 * colleague again, and each further round calls the next person on duty. After that, a round calls
 * everybody else.
 *
 * @param round  from 0
 */
export function calledAfter(
  onCall: OnCall,
  taker: string,
  round: number,
  at: number,
): readonly string[] {
  const { reachable } = onCall
  if (round === 0) return reachable.filter((person) => person === taker)
  const duty = dutyAt(onCall, at)
  const next = duty[duty.indexOf(taker) + round]
  if (next !== undefined) return [next]
  const others = reachable.filter((person) => person !== taker)
  return others.length > 0 ? others : reachable
}

/** Returns the people who are called for the digest. */
export const calledByDigest = (onCall: OnCall, at: number): string[] =>
  onCall.reachable.filter(
    (person) => (onCall.quiet.get(person) || NO_QUIET).hasDigest && !isQuiet(onCall, person, at),
  )

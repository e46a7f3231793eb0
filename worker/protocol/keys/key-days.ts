// Determines how soon the newest epoch and the certificates of keepers must be renewed.
import { readManifest } from './manifest.ts'
import type { Bytes } from '../bytes.ts'
import { dayNumber } from '../time.ts'

/** The staff app starts to show calm reminders this many days before a key expires. */
const REMIND_DAYS = 60
/**
 * The staff app and the edge start to show warnings this many days before a key expires.
 */
const ALARM_DAYS = 14

export const KEYS_STATES = ['ok', 'soon', 'ending', 'ended'] as const
export type KeysState = (typeof KEYS_STATES)[number]

/**
 * Returns the state of a key.
 *
 * @param daysLeft  negative after the last day, during the grace period
 */
export function keysStateOf(daysLeft: number): KeysState {
  if (daysLeft < 0) return 'ended'
  if (daysLeft <= ALARM_DAYS) return 'ending'
  return daysLeft <= REMIND_DAYS ? 'soon' : 'ok'
}

/**
 * Returns the last day of a manifest or of its certificate, whichever is earlier, in days since
 * 1970, UTC.
 */
export function lastDayOf(manifest: Bytes): number {
  const { lastDay, adminLastDay } = readManifest(manifest)
  return Math.min(lastDay, adminLastDay)
}

export interface Ending {
  /** the key that ends first */
  of: 'epoch' | 'keeper'
  daysLeft: number
  state: KeysState
}

/**
 * Finds the key that expires first: the newest epoch, or the keeper certificate that expires last.
 * On a tie, the certificate is returned, because a new epoch under it would expire on the same day.
 * Until there is a keeper, only the epoch is considered.
 *
 * @param manifest       the manifest of the newest epoch
 * @param keeperLastDay  last day of the keeper certificate that expires last, or null if there is
 *   no keeper
 */
export function firstEnding(manifest: Bytes, keeperLastDay: number | null, nowMs: number): Ending {
  const today = dayNumber(nowMs)
  const ofEpoch = lastDayOf(manifest) - today
  const ofKeeper = (keeperLastDay ?? Infinity) - today
  const daysLeft = Math.min(ofEpoch, ofKeeper)
  return { of: ofKeeper <= ofEpoch ? 'keeper' : 'epoch', daysLeft, state: keysStateOf(daysLeft) }
}

// Says how soon somebody must renew the newest epoch and the certificates of keepers.
import { readManifest } from './manifest.ts'
import type { Bytes } from '../bytes.ts'

/** Days before an end at which the staff app begins to remind calmly. */
const REMIND_DAYS = 60
/** Days before an end at which the staff app and the edge begin to raise an alarm. */
const ALARM_DAYS = 14

export const KEYS_STATES = ['ok', 'soon', 'ending', 'ended'] as const
export type KeysState = (typeof KEYS_STATES)[number]

/** @param daysLeft  days until the last day; negative after it, during the grace period */
export function keysStateOf(daysLeft: number): KeysState {
  if (daysLeft < 0) return 'ended'
  if (daysLeft <= ALARM_DAYS) return 'ending'
  return daysLeft <= REMIND_DAYS ? 'soon' : 'ok'
}

/** Returns the last day of a manifest and its certificate, in days since 1970, UTC. */
export function lastDayOf(manifest: Bytes): number {
  const { lastDay, adminLastDay } = readManifest(manifest)
  return Math.min(lastDay, adminLastDay)
}

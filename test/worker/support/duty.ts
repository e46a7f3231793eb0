// Makes staff with devices, and moves the alert clock. All times are Bishkek time.
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { fromB64, type Bytes } from '#protocol/bytes'
import { noteArrival } from '#worker/alerts/raise-alert'
import { alertSettings } from '#worker/alerts/settings'
import { runChores } from '#worker/scheduled/run-chores'
import type { Env } from '#worker/env'
import type { Carrier } from './carrier.ts'
import { deps, idOf, sealed, submit, type Organisation } from './edge.ts'
import { browserAt } from './push-device.ts'
import { asPushStaff, PUSH_BINDINGS } from './push-staff.ts'
import { person, signed, type Person } from './staff.ts'

const GOOGLE = 'https://fcm.googleapis.com/fcm/send/'
/** A Wednesday at 23:00 in Bishkek. */
export const NIGHT = Date.UTC(2026, 10, 25, 17)
/** The next day, a Thursday, at noon. */
export const NOON = Date.UTC(2026, 10, 26, 6)
export const MINUTE_MS = 60_000

export async function withDevice(name: string, ...roles: ('admin' | 'intake')[]): Promise<Person> {
  const who = await person(...roles)
  const { device } = await browserAt(`${GOOGLE}${name}`)
  expect((await asPushStaff('alerts/devices', 'POST', device, who)).status).toBe(204)
  await asPushStaff('alerts/devices', 'GET', undefined, who)
  return who
}

/** Stores a report without an alert, so that a test can raise an alert at a chosen time. */
export async function storeLetter(org: Organisation): Promise<Bytes> {
  const envelope = await sealed(org)
  await submit(envelope)
  return fromB64(await idOf(envelope))
}

export const depsAt = (ms: number, bindings: Partial<Env> = {}) => ({
  ...deps,
  alerts: alertSettings({ ...env, ...PUSH_BINDINGS, ...bindings }, ''),
  now: () => ms,
})
export const raiseAt = (ms: number, letter: Bytes) => noteArrival(depsAt(ms), true, letter)
export const clockAt = (ms: number) => runChores(depsAt(ms))

/** Returns the names of the devices that were called since the last check. */
export const calledBy = (carrier: Carrier): string[] =>
  carrier.calls
    .splice(0)
    .map(({ url }) => url.slice(GOOGLE.length))
    .sort()

export const setRotaAs = async (by: Person, change: object) =>
  asPushStaff('alerts/rota', 'POST', await signed(by, 'rota.set', by.id, change), by)
export const setQuietAs = async (who: Person, change: object) =>
  asPushStaff('alerts/quiet', 'POST', await signed(who, 'quiet.set', who.id, change), who)

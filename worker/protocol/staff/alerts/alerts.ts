// Defines the schemas of alerts that the staff app and the edge share. The schemas contain no
// secret, no words from a report and no count of reports.
import * as z from 'zod/mini'
import { b64Of, day, id, point } from '../fields.ts'
import { Taking } from './taking.ts'

const alert = z.object({
  id,
  since: z.iso.datetime(),
  /** the case of the report; null while the report waits in R2 */
  case: z.nullable(id),
  /** null while nobody has the alert */
  taken: z.nullable(Taking),
})
export type ShownAlert = z.infer<typeof alert>

/**
 * The first alert that nobody has taken, and the taken alerts on whose cases the taker has not
 * acted yet.
 */
export const OpenAlerts = z.object({
  alerts: z.array(alert),
  /**
   * number of minutes after which a taking without an act no longer counts, and the calls resume
   */
  dangerMinutes: z.int(),
})
export type OpenAlerts = z.infer<typeof OpenAlerts>

/** A taking, and the colleague who had the alert when the taker last saw the alert. */
export const TakeAlert = z.object({
  id,
  /** the colleague who had the alert; null when nobody had it */
  from: z.nullable(id),
  taking: Taking,
})
export type TakeAlert = z.infer<typeof TakeAlert>

export const GiveBack = z.object({ id })

const place = z.enum(['first', 'second'])
const fault = z.enum(['malformed', 'own_host'])

/** The addresses that are called for alerts, and how often they are called. No field is secret. */
export const AlertPlan = z.object({
  addresses: z.array(
    z.object({
      place,
      kind: z.nullable(z.enum(['telegram', 'ntfy', 'json'])),
      host: z.nullable(z.string()),
      fault: z.nullable(fault),
    }),
  ),
  everyMinutes: z.int(),
  repeats: z.int(),
  /** hours of the day in the organisation's time zone */
  digestHours: z.array(z.int()),
})
export type AlertPlan = z.infer<typeof AlertPlan>

const outcome = z.enum(['reached', 'refused', 'silent', ...fault.options])

/** The outcome of a test call to a device. `gone`: the browser no longer receives calls. */
export const DeviceTrial = z.object({ outcome: z.enum([...outcome.options, 'gone']) })
export type DeviceTrial = z.infer<typeof DeviceTrial>

/** The outcome of a test call to each address, and to each device of the staff. */
export const AlertTrial = z.object({
  called: z.array(
    z.object({
      place,
      outcome,
      /** HTTP status; null when the carrier did not respond */
      status: z.nullable(z.int()),
    }),
  ),
  devices: z.array(z.extend(DeviceTrial, { person: id })),
})
export type AlertTrial = z.infer<typeof AlertTrial>

/** Maximum number of one person's devices that are called for an alert. */
export const MAX_DEVICES = 4

/** The services that carry a call to a browser. The browser chooses the service. */
export const PROVIDERS = ['google', 'mozilla', 'apple', 'microsoft'] as const

/** A browser that receives calls (RFC 8030), with the keys that seal a call to it (RFC 8291). */
export const DeviceKeys = z.object({
  endpoint: z.string().check(z.maxLength(1000)),
  p256dh: point,
  auth: b64Of(16),
})
export type DeviceKeys = z.infer<typeof DeviceKeys>

/** The devices that alerts call. No field is an address. */
export const Devices = z.object({
  /**
   * the key that identifies the edge to a browser (RFC 8292); null when the edge does not call
   * devices
   */
  applicationKey: z.nullable(point),
  own: z.array(
    z.object({
      /** see deviceIdOf */
      id,
      /** null when the edge can no longer open the device's record */
      provider: z.nullable(z.enum(PROVIDERS)),
      addedDay: day,
    }),
  ),
  /** the people who have a device, with the number of each person's devices */
  reachable: z.array(z.object({ person: id, devices: z.int() })),
})
export type Devices = z.infer<typeof Devices>

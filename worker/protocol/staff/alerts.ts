// Holds the schemas of alerts that the staff app and the edge share.
// No schema carries a secret, words of a report or a count of reports.
import * as z from 'zod/mini'
import { id } from './fields.ts'

/** The alert that nobody has acknowledged yet; null when there is none. */
export const OpenAlert = z.object({
  alert: z.nullable(z.object({ id, since: z.iso.datetime() })),
})
export type OpenAlert = z.infer<typeof OpenAlert>

export const Acknowledgement = z.object({ id })

const place = z.enum(['first', 'second'])
const fault = z.enum(['malformed', 'own_host'])

/** The addresses that alerts call, and how often. No field is a secret. */
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
  /** hours of the day in Bishkek */
  digestHours: z.array(z.int()),
})
export type AlertPlan = z.infer<typeof AlertPlan>

/** The outcome of a test call to each address. */
export const AlertTrial = z.object({
  called: z.array(
    z.object({
      place,
      outcome: z.enum(['reached', 'refused', 'silent', ...fault.options]),
      /** HTTP status; null when the carrier did not respond */
      status: z.nullable(z.int()),
    }),
  ),
})
export type AlertTrial = z.infer<typeof AlertTrial>

// Parses a file in content/ for the build. An invalid value stops the build, and the message names
// the file, the record and the field.
import type { z } from 'zod'

/** Identifies a record by its id, or by its position in the list. */
function nameIn(records: unknown, at: PropertyKey | undefined): string {
  const record = Array.isArray(records) ? (records as unknown[])[Number(at)] : undefined
  if (typeof record !== 'object' || record === null) return String(at ?? '')
  const { id, country } = record as { id?: unknown; country?: unknown }
  const name = id ?? country
  return typeof name === 'string' ? name : String(Number(at) + 1)
}

/** @throws an error that identifies each faulty value by its record and its path */
export function parsed<T extends z.ZodType>(file: string, schema: T, records: unknown): z.infer<T> {
  const { success, data, error } = schema.safeParse(records)
  if (success) return data
  const faults = error.issues.map(({ path: [first, ...rest], message }) =>
    [[nameIn(records, first), ...rest].join('.'), message].filter(Boolean).join(': '),
  )
  throw new Error(`content/${file} does not fit:\n  ${faults.join('\n  ')}`)
}

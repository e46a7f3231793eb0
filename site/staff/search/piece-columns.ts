// Writes the cases of a piece as columns: for each field, its values in the order of the cases. The
// name of a field is then written only once, and similar values follow each other. So a piece is a
// fifth smaller, and a new device waits mostly for pieces.
import * as z from 'zod/mini'
import { ReadCase } from './read-case.ts'

type Field = keyof ReadCase
/** The values of each field. All fields have the same number of values. */
type Columns = Record<Field, unknown[]>

const FIELDS = fieldsOf(ReadCase.shape)

const Columns = z.object(columnShapes())

/** Guarantee: the keys of a schema's shape are the fields of its values. */
function fieldsOf(shape: typeof ReadCase.shape): Field[] {
  return Object.keys(shape) as Field[]
}

/** Guarantee: the result has an array schema for each field. */
function columnShapes() {
  const shapes = FIELDS.map((field) => [field, z.array<z.ZodMiniType>(ReadCase.shape[field])])
  return Object.fromEntries(shapes) as Record<Field, z.ZodMiniArray>
}

const Content = z.object({ v: z.literal(7), columns: Columns })

export const packColumns = (cases: readonly ReadCase[]): string =>
  JSON.stringify({
    v: 7,
    columns: Object.fromEntries(FIELDS.map((field) => [field, cases.map((each) => each[field])])),
  })

/** @throws an error for a text that packColumns never writes */
export function unpackColumns(json: string): ReadCase[] {
  const { columns } = Content.parse(JSON.parse(json))
  const { length } = columns.id
  if (FIELDS.some((field) => columns[field].length !== length)) throw new Error('uneven columns')
  return columns.id.map((_, at) => caseAt(columns, at))
}

/** Guarantee: each value has passed the schema of its field. */
function caseAt(columns: Columns, at: number): ReadCase {
  const read: Partial<Record<Field, unknown>> = {}
  for (const field of FIELDS) read[field] = columns[field][at]
  return read as ReadCase
}

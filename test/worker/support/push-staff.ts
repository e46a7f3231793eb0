// Sends staff requests to an edge that calls devices.
import { ask, STAFF_HOST, STAFF_ORIGIN } from './edge.ts'
import type { Person } from './staff.ts'

const PUSH_SECRET = 'x'.repeat(43)
export const PUSH_BINDINGS = { PUSH_SECRET, STAFF_HOST }

export const asPushStaff = (
  path: string,
  method: string,
  body: unknown,
  { cookie }: Pick<Person, 'cookie'>,
): Promise<Response> =>
  ask(
    `/api/staff/${path}`,
    {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: { origin: STAFF_ORIGIN, 'content-type': 'application/json', cookie },
    },
    PUSH_BINDINGS,
  )

// Tries each staff route with the caller's own object, another person's object, a missing object
// and a malformed id. Every role makes each call, and so does a caller without a session.
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { db, expectRefusal } from '../support/edge.ts'
import { everything, ROWS } from '../support/routes/matrix.ts'
import { nameOfRow, variantsOf, type NamedObject, type Row } from '../support/routes/row.ts'
import { makeWorld, type World } from '../support/routes/world.ts'
import { asStaff } from '../support/staff.ts'

let people: World['people']
beforeAll(async () => {
  people = (await makeWorld()).people
})
// On a slow machine, this file takes longer than the lifetime of a proof of presence.
beforeEach(async () => {
  await db.prepare('UPDATE sessions SET proven_at = ?').bind(Date.now()).run()
})

const CALLERS = ['admin', 'intake', 'both', 'caseworker', 'waiting', 'nobody'] as const
type Caller = (typeof CALLERS)[number]

const cases = ROWS.flatMap((row) =>
  (row.object ? variantsOf(row.object) : []).flatMap(([variant, named]) =>
    CALLERS.map(
      (caller) => [nameOfRow(row), variant, row.object?.is ?? '', caller, row, named] as const,
    ),
  ),
)

const isAllowed = ({ roles }: Row, caller: Caller): boolean =>
  roles === null ||
  (caller === 'both' ? roles.includes('admin') || roles.includes('intake') : false) ||
  roles.some((role) => role === caller)

const CASE_PARTS = ['a report', 'a case', 'a file', 'a chunk']

/** A caseworker cannot learn whether another person's case exists. */
const isForeignCase = ({ roles, object }: Row, named: NamedObject): boolean =>
  roles?.includes('intake') === true &&
  roles.includes('caseworker') &&
  object !== null &&
  CASE_PARTS.includes(object.is) &&
  'other' in object &&
  (named === object.other || named === object.missing)

/** Returns the outcome that a caller must receive. The edge checks the session first. */
function expected(row: Row, named: NamedObject, caller: Caller): NamedObject['outcome'] {
  if (caller === 'caseworker' && isForeignCase(row, named)) return [404, 'not_found']
  if (isAllowed(row, caller)) return named.outcome
  if (caller === 'nobody') return [401, 'signed_out']
  const isUnread = row.object?.isParsedFirst === true && named === row.object.malformed
  return isUnread ? named.outcome : [403, 'not_allowed']
}

test.each(cases)(
  'R21: %s with %s object, %s, by %s gets its outcome',
  async (_name, _variant, _is, caller, row, named) => {
    // A caller without a session requests another person's objects.
    const who = caller === 'nobody' ? people.both : people[caller]
    const id = await named.id(who)
    const wanted = await row.body?.(who, id)
    const before = await everything()
    const cookie = caller === 'nobody' ? '' : who.cookie
    const answer = await asStaff(row.path(id), row.method, wanted, cookie)
    const outcome = expected(row, named, caller)
    if (typeof outcome === 'number') expect(answer.status).toBe(outcome)
    else await expectRefusal(answer, ...outcome)
    if (typeof outcome !== 'number' || named.isUnchanged || row.method === 'GET')
      expect(await everything()).toBe(before)
  },
)

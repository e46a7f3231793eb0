// Lists the case keys that are sealed under a generation of the team key. Replaces their outer
// seals with seals under a newer generation. The case keys themselves do not change, so no log
// receives a row.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { REWRAP_PAGE, type CaseKeyPage, type Rewrapping } from '#protocol/staff/list/case-pages'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { parseB64 } from '#worker/parse'
import {
  countCaseKeys,
  listCaseKeys,
  rewrapStored,
  type CaseKeyPlace,
} from '#worker/store/cases/keys'

/**
 * @param generation  number of a generation, as a string
 * @param after       `next` of the previous page, or null for the first page
 * @throws Refusal `not_allowed`; `malformed` for an invalid generation or cursor
 */
export async function readCaseKeys(
  deps: StaffDeps,
  generation: string,
  after: string | null,
): Promise<CaseKeyPage> {
  requireRole(deps.actor, 'intake')
  if (!/^[1-9]\d{0,8}$/.test(generation)) throw new Refusal('malformed')
  const [keys, remaining] = await Promise.all([
    listCaseKeys(deps.db, Number(generation), after === null ? null : placeIn(after), REWRAP_PAGE),
    after === null ? countCaseKeys(deps.db, Number(generation)) : null,
  ])
  const last = keys.at(-1)
  return {
    keys: keys.map(({ caseId, keyNo, sealed }) => ({
      ...{ caseId: toB64(caseId), keyNo, generation: Number(generation) },
      sealed: toB64(sealed),
    })),
    next: last && keys.length === REWRAP_PAGE ? `${last.keyNo}.${toB64(last.caseId)}` : null,
    remaining,
  }
}

function placeIn(cursor: string): CaseKeyPlace {
  const [, keyNo, caseId] = /^([1-9]\d{0,8})\.([\w-]{22})$/.exec(cursor) ?? []
  if (keyNo === undefined || caseId === undefined) throw new Refusal('malformed')
  return { keyNo: Number(keyNo), caseId: parseB64(caseId) }
}

/** Throws Refusal `not_allowed`; `malformed` unless the new generation is newer. */
export async function rewrapCaseKeys(
  deps: StaffDeps,
  { from, to, keys }: Rewrapping,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  if (to <= from) throw new Refusal('malformed')
  await rewrapStored(deps.db, {
    from,
    to,
    keys: keys.map(({ caseId, keyNo, sealed }) => ({
      caseId: parseB64(caseId),
      keyNo,
      sealed: parseB64(sealed),
    })),
  })
}

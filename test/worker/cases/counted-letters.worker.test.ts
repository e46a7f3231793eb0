// Tries each signed action on a case after the person has sent a follow-up. The edge refuses only
// the actions that count letters.
import { beforeAll, expect, test } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { rowOfAction } from '#protocol/staff/actions'
import { makeKeyAs } from '../support/casework.ts'
import { expectRefusal, idOf, reporter, sealed, submit } from '../support/edge.ts'
import { CASE_ACTION_ROWS } from '../support/routes/case-actions.ts'
import { nameOfRow, type Row } from '../support/routes/row.ts'
import { give, makeWorld, type World } from '../support/routes/world.ts'
import { asStaff } from '../support/staff.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

/** Signs an action, lets the person send a follow-up, and then sends the action. */
async function sendAfterFollowUp({ action, body, path, method }: Row): Promise<Response> {
  const { org, people } = world
  const { keys, hashes } = await reporter()
  const envelope = await sealed(org, { ...hashes, kind: KIND.helpForMe })
  await submit(envelope)
  const id = await idOf(envelope)
  await makeKeyAs(people.both, id)
  if (action === 'case.return') await give(id, people.both)
  const signed = await body?.(people.both, id)
  const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
  await submit(followUp, { 'oasis-write': toB64(keys.write) })
  return asStaff(path(id), method, signed, people.both.cookie)
}

const rowsWhere = (isCounted: boolean) =>
  CASE_ACTION_ROWS.filter(
    ({ action }) => action && (rowOfAction(action).countsLetters === true) === isCounted,
  ).map((row) => [nameOfRow(row), row] as const)

test.each(rowsWhere(true))(
  '%s is refused with report_grew after a follow-up that its author has not read',
  async (_name, row) => {
    await expectRefusal(await sendAfterFollowUp(row), 409, 'report_grew')
  },
)

test.each(rowsWhere(false))(
  '%s is stored after a follow-up that its author has not read',
  async (_name, row) => {
    expect((await sendAfterFollowUp(row)).status).toBeLessThan(300)
  },
)

// Tests that a discard never deletes a case that staff have worked on.
import { beforeEach, expect, test } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { bytesFrom } from '#worker/store/database'
import { addEntryAs, changeAs, makeKeyAs, take } from '../support/casework.ts'
import {
  dayAgo,
  discardAs,
  discardsOf,
  predicate,
  preview,
  runUntilEnded,
  storeMany,
} from '../support/discards.ts'
import { db, freshEdge, idOf, reporter, sealed, type Organisation } from '../support/edge.ts'
import { person, type Person } from '../support/staff.ts'
import { assignAs, dangerAs, enterAs, mergeAs, recordAs } from '../support/teamwork.ts'

let org: Organisation
let staff: Person
beforeEach(async () => {
  org = await freshEdge()
  staff = await person('intake')
})

const ids = async (): Promise<string[]> =>
  (await db.prepare('SELECT id FROM reports').all<{ id: unknown }>()).results.map(({ id }) =>
    toB64(bytesFrom(id)),
  )

test('A discard deletes no case with an assignee, record, entry, change or merge', async () => {
  await storeMany(12)
  const [assigned, returned, recorded, noted, lifted, reopened, merged, absorbing] = await ids()
  if (!assigned || !returned || !recorded || !noted || !lifted || !reopened) throw new Error('few')
  if (!merged || !absorbing) throw new Error('few')
  await assignAs(staff, assigned, { to: staff.id })
  await assignAs(staff, returned, { to: staff.id })
  await assignAs(staff, returned, { from: staff.id, to: null })
  for (const id of [recorded, noted, lifted]) await makeKeyAs(staff, id)
  await recordAs(staff, recorded)
  await addEntryAs(staff, noted)
  await dangerAs(staff, lifted, { danger: false })
  await changeAs(staff, 'status.set', reopened, take)
  await changeAs(staff, 'status.set', reopened, { from: 'in_progress', to: 'new', followUps: 0 })
  await mergeAs(staff, merged, absorbing)
  const letter = await sealed(org, (await reporter()).hashes)
  await enterAs(staff, letter)
  await db.prepare('UPDATE reports SET received_day = ?').bind(dayAgo(1)).run()

  const wide = { ...predicate, grade: 3 as const, danger: true }
  expect((await preview(staff, wide)).stored).toBe(4)
  await discardAs(staff, { ...wide, stored: 4 })
  await runUntilEnded()
  expect(await discardsOf(staff)).toMatchObject([{ removed: 4 }])
  const touched = [assigned, returned, recorded, noted, lifted, reopened, merged, absorbing]
  expect((await ids()).sort()).toEqual([...touched, await idOf(letter)].sort())
})

// Checks what a stranger can store by sending chunks, and that files that no report lists are
// deleted.
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { DAY_MS } from '#protocol/limits'
import { fileIn, freshReport, putChunk } from '../support/chunks.ts'
import { countedCalls } from '../support/counted-calls.ts'
import {
  db,
  expectRefusal,
  idOf,
  reporter,
  rowsIn,
  sealed,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { goneDb, keysIn } from '../support/failing.ts'
import { drain, fullLookAfter, submitWhileDown } from '../support/overflow.ts'
import { getAs, noise, person } from '../support/staff.ts'

let org: Organisation
let report: string
let id: string
beforeEach(async () => {
  ;({ org, report, id } = await freshReport())
})

const close = () => db.prepare("UPDATE reports SET status = 'closed'").run()
const sweepAfter = (days: number) => drain({ now: () => fullLookAfter(days * DAY_MS) })

describe('a chunk that stores nothing', () => {
  test('A chunk of an unknown report makes two reads of R2 and one query', async () => {
    const { bindings, calls, rows } = countedCalls()
    await expectRefusal(
      await putChunk(`${fileIn(noise(16))}/0`, undefined, bindings),
      404,
      'not_found',
    )
    expect([calls, rows]).toEqual([['head', 'head'], { queries: 1, read: 0, written: 0 }])
  })

  test('A chunk of an unknown report neither lists nor writes while a report waits', async () => {
    await submitWhileDown(await sealed(org))
    const { bindings, calls, classA } = countedCalls()
    await expectRefusal(
      await putChunk(`${fileIn(noise(16))}/0`, undefined, bindings),
      404,
      'not_found',
    )
    expect([calls.length, classA(), await keysIn('files/')]).toEqual([8, 0, []])
  })

  test('A chunk that is sent again is not written', async () => {
    await putChunk(`${id}/0`)
    const { bindings, calls, rows } = countedCalls()
    expect((await putChunk(`${id}/0`, undefined, bindings)).status).toBe(204)
    expect([calls, rows]).toEqual([['head'], { queries: 1, read: 1, written: 0 }])
  })
})

describe('a file that no report lists', () => {
  test('A file that nobody asked for is deleted 30 days after its report is closed', async () => {
    for (const n of [0, 1, 2559]) await putChunk(`${id}/${n}`)
    await putChunk(`${fileIn(report, 1)}/0`)
    await sweepAfter(0)
    await sweepAfter(100)
    expect([await rowsIn('unclaimed_files'), (await keysIn('files/')).length]).toEqual([0, 4])
    await close()
    await sweepAfter(100)
    await sweepAfter(130)
    expect([await rowsIn('unclaimed_files'), (await keysIn('files/')).length]).toEqual([2, 4])
    await sweepAfter(132)
    expect([await rowsIn('unclaimed_files'), await keysIn('files/')]).toEqual([0, []])
  })

  test('A file that staff asked for stays, even if the file arrived later', async () => {
    const staff = await person('intake')
    await putChunk(`${id}/0`)
    const late = fileIn(report, 1)
    for (const each of [id, id, late])
      expect((await getAs(staff, `files/${each}`)).status).toBe(200)
    expect(await rowsIn('claimed_files')).toBe(2)
    await putChunk(`${late}/0`)
    await putChunk(`${fileIn(report, 2)}/0`)
    await close()
    await sweepAfter(0)
    await sweepAfter(40)
    expect((await keysIn('files/')).sort()).toEqual([`files/${id}/0`, `files/${late}/0`].sort())
  })

  test('A file that the sweep has listed stays when staff ask for the file', async () => {
    const staff = await person('intake')
    await putChunk(`${id}/0`)
    await close()
    await sweepAfter(0)
    expect(await rowsIn('unclaimed_files')).toBe(1)
    await getAs(staff, `files/${id}`)
    await sweepAfter(40)
    expect([await rowsIn('unclaimed_files'), await keysIn('files/')]).toEqual([
      0,
      [`files/${id}/0`],
    ])
  })

  test('A file of a follow-up stays until its thread is closed', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(keys.write) })
    await putChunk(`${fileIn(await idOf(followUp))}/0`)
    for (const days of [0, 40, 80]) await sweepAfter(days)
    expect(await keysIn('files/')).toHaveLength(1)
    await close()
    for (const days of [80, 120]) await sweepAfter(days)
    expect(await keysIn('files/')).toEqual([])
  })

  test('A file of an absorbed report stays until the surviving case is closed', async () => {
    const { keys, hashes } = await reporter()
    const absorbed = await sealed(org, hashes)
    await submit(absorbed)
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(keys.write) })
    for (const letter of [absorbed, followUp]) await putChunk(`${fileIn(await idOf(letter))}/0`)
    await db
      .prepare("UPDATE reports SET status = 'closed', merged_into = ? WHERE id = ?")
      .bind(fromB64(report), fromB64(await idOf(absorbed)))
      .run()
    for (const days of [0, 40, 80]) await sweepAfter(days)
    expect(await keysIn('files/')).toHaveLength(2)
    await close()
    for (const days of [80, 120]) await sweepAfter(days)
    expect(await keysIn('files/')).toEqual([])
  })

  test('A file of no report, stored while D1 failed, is deleted after 30 days', async () => {
    expect((await putChunk(`${fileIn(noise(16))}/0`, undefined, { DB: goneDb })).status).toBe(204)
    await sweepAfter(0)
    expect(await keysIn('files/')).toHaveLength(1)
    await sweepAfter(32)
    expect(await keysIn('files/')).toEqual([])
  })

  test('A file whose report waits in R2 is not listed for the sweep', async () => {
    const waiting = await sealed(org)
    await submitWhileDown(waiting)
    await putChunk(`${fileIn(await idOf(waiting))}/0`)
    const full = { fullAt: { unproven: 0, reports: 0, all: 0 } }
    for (const days of [0, 40]) await drain({ now: () => fullLookAfter(days * DAY_MS), ...full })
    expect([await rowsIn('unclaimed_files'), (await keysIn('files/')).length]).toEqual([0, 1])
  })

  test('A file with more chunks than R2 deletes at once is deleted whole', async () => {
    const other = fileIn(toB64(randomBytes(16)))
    await Promise.all(
      Array.from({ length: 1500 }, (_, n) => env.FILES.put(`files/${other}/${n}`, 'x')),
    )
    await sweepAfter(0)
    await sweepAfter(32)
    expect(await keysIn('files/')).toEqual([])
  })
})

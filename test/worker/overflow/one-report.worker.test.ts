// Checks that a waiting object becomes the same report whether the drain or a colleague takes it
// in.
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { fromB64, randomBytes, type Bytes } from '#protocol/bytes'
import { GRADES, type Grade } from '#protocol/limits'
import { headerIdOf, KIND } from '#protocol/report/envelope'
import { dayOf } from '#protocol/time'
import { promoteWaiting } from '#worker/store/overflow/moves'
import { db, freshEdge, idOf, rowsIn, submit, type Organisation } from '../support/edge.ts'
import { drain, fullLookAfter } from '../support/overflow.ts'
import { asStaff, person } from '../support/staff.ts'
import { fakeEnvelope, putFake } from '../support/waiting-objects.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

const put = (envelope: Bytes, grade: Grade): Promise<Bytes> =>
  putFake(env.FILES, envelope, grade, dayOf(Date.now()))

const check = async (envelope: Bytes): Promise<boolean> =>
  promoteWaiting(env.FILES, fromB64(await idOf(envelope)), headerIdOf(envelope))

/** Takes in every waiting object, as a colleague does. */
async function takeAllIn(): Promise<void> {
  const staff = await person('intake')
  const { objects } = await env.FILES.list({ prefix: 'overflow/', include: ['customMetadata'] })
  for (const { key, customMetadata } of objects) {
    const [, partition, name] = key.split('/')
    const body = { partition, name, id: customMetadata?.['report-id'] }
    expect((await asStaff('waiting/take-in', 'POST', body, staff.cookie)).status).toBe(204)
  }
}

const drainAll = (): Promise<void> => drain({ now: () => fullLookAfter(0) })

const WAYS = [
  ['the drain', drainAll],
  ['taking in', takeAllIn],
] as const

/** Returns the grades of the stored reports, after checking that no report is waiting. */
async function gradesOf(...envelopes: Bytes[]): Promise<unknown[]> {
  expect((await env.FILES.list({ prefix: 'overflow/' })).objects).toEqual([])
  return Promise.all(
    envelopes.map(async (envelope) =>
      db
        .prepare('SELECT grade FROM reports WHERE id = ?')
        .bind(fromB64(await idOf(envelope)))
        .first('grade'),
    ),
  )
}

test.each(WAYS)('By %s a report with a proof keeps its grade', async (_, empty) => {
  const envelopes = await Promise.all(GRADES.map(() => fakeEnvelope(org.manifest)))
  for (const grade of GRADES) await put(envelopes[grade]!, grade)
  await empty()
  expect(await gradesOf(...envelopes)).toEqual([0, 1, 2, 3])
})

test.each(WAYS)('By %s a checked report has the grade of the check', async (_, empty) => {
  const headerId = randomBytes(16)
  const first = await fakeEnvelope(org.manifest, { headerId })
  await put(first, 3)
  await drainAll()
  const checked = await fakeEnvelope(org.manifest, { headerId })
  await put(checked, 1)
  expect(await check(checked)).toBe(true)
  await empty()
  expect(await gradesOf(first, checked)).toEqual([3, 2])
})

test.each(WAYS)('By %s a check gives a follow-up without a thread no grade', async (_, empty) => {
  const stray = await fakeEnvelope(org.manifest, { kind: KIND.followUp })
  await put(stray, 0)
  expect(await check(stray)).toBe(true)
  await empty()
  expect(await gradesOf(stray)).toEqual([0])
})

test.each(WAYS)(
  'By %s a stored report rises to the grade of its waiting copy',
  async (_, empty) => {
    const envelope = await fakeEnvelope(org.manifest)
    await submit(envelope)
    await put(envelope, 3)
    await empty()
    expect(await rowsIn('reports')).toBe(1)
    expect(await gradesOf(envelope)).toEqual([3])
  },
)

import { beforeEach, describe, expect, test } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { destroyBody } from '#protocol/report/receipt'
import { WAITING_PAGE, WaitingPage } from '#protocol/staff/list/waiting'
import {
  ask,
  deps,
  expectRefusal,
  freshEdge,
  idOf,
  octets,
  proofOf,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { waitMany } from '../support/discards.ts'
import { drain, submitWhileDown, usualMinute } from '../support/overflow.ts'
import { organisation } from '#test/protocol/support/organisation.ts'
import { asStaff, getAs, noise, person, type Person } from '../support/staff.ts'

let org: Organisation
let staff: Person
beforeEach(async () => {
  org = await freshEdge()
  staff = await person('intake')
})

const pageOf = async (partition: string, after: string | null = null): Promise<WaitingPage> => {
  const cursor = after === null ? '' : `&after=${after}`
  const answer = await getAs(staff, `waiting?partition=${partition}${cursor}`)
  expect(answer.status).toBe(200)
  return WaitingPage.parse(await answer.json())
}

const takeIn = (body: object): Promise<Response> =>
  asStaff('waiting/take-in', 'POST', body, staff.cookie)

const waitingKeys = async (): Promise<string[]> =>
  (await deps.bucket.list({ prefix: 'overflow/' })).objects.map(({ key }) => key)

describe('reading', () => {
  test('R59: Staff read the envelopes of a partition, and no envelope moves', async () => {
    const envelope = await sealed(org, { danger: true })
    await submitWhileDown(envelope)
    await submitWhileDown(await sealed(org))
    const { items, next } = await pageOf('urgent-0')
    expect(items).toMatchObject([
      { id: await idOf(envelope), danger: true, grade: 0, sealedBy: 'device' },
    ])
    expect([items[0]?.envelope, next]).toEqual([toB64(envelope), null])
    expect((await pageOf('0')).items).toHaveLength(1)
    expect((await pageOf('followup')).items).toEqual([])
    expect([await rowsIn('reports'), (await waitingKeys()).length]).toEqual([0, 2])
  })

  test('Pages of a partition show each object once', async () => {
    await waitMany(2 * WAITING_PAGE + 3, '1', {}, () => sealed(org))
    const names: string[] = []
    let after: string | null = null
    do {
      const page: WaitingPage = await pageOf('1', after)
      names.push(...page.items.map(({ name }) => name))
      after = page.next
    } while (after !== null)
    expect(names).toHaveLength(2 * WAITING_PAGE + 3)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(['', 'partition=quarantine', 'partition=../0', 'partition=0&after=../x'])(
    'A request for waiting reports with "%s" is refused as malformed',
    async (query) => {
      await expectRefusal(await getAs(staff, `waiting?${query}`), 400, 'malformed')
    },
  )
})

describe('taking in', () => {
  test('R59: A waiting report enters the database once, even when two colleagues ask', async () => {
    const envelope = await sealed(org, { danger: true })
    await submitWhileDown(envelope, proofOf(envelope))
    const [item] = (await pageOf('urgent-1')).items
    const body = { partition: 'urgent-1', name: item?.name, id: item?.id }
    const both = await Promise.all([takeIn(body), takeIn(body)])
    expect(both.map(({ status }) => status)).toEqual([204, 204])
    expect((await takeIn(body)).status).toBe(204)
    expect(await storedReports()).toMatchObject([{ grade: 1, danger: 1, status: 'new' }])
    expect(await waitingKeys()).toEqual([])
    await drain({ now: usualMinute })
    expect(await rowsIn('reports')).toBe(1)
  })

  test('A follow-up enters its thread, and a follow-up without a thread waits on', async () => {
    const { keys, hashes } = await reporter()
    const first = await sealed(org, hashes)
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    await submitWhileDown(followUp, { 'oasis-write': toB64(keys.write) })
    const [item] = (await pageOf('followup')).items
    const body = { partition: 'followup', name: item?.name, id: item?.id }
    await expectRefusal(await takeIn(body), 409, 'thread_unknown')
    expect(await waitingKeys()).toHaveLength(1)
    await submit(first)
    expect((await takeIn(body)).status).toBe(204)
    expect((await takeIn(body)).status).toBe(204)
    expect([await rowsIn('follow_ups'), await waitingKeys()]).toEqual([1, []])
  })

  test('An object that nobody can open is refused and waits on', async () => {
    const stranger = await organisation(Date.now())
    await waitMany(1, '0', {}, () => sealed(stranger))
    await waitMany(1, '0')
    for (const { name, id } of (await pageOf('0')).items)
      await expectRefusal(await takeIn({ partition: '0', name, id }), 400, 'cannot_open')
    expect([await rowsIn('reports'), (await waitingKeys()).length]).toEqual([0, 2])
  })

  test('An object that does not exist is refused with not_found', async () => {
    const body = { partition: '0', name: noise(16), id: noise(16) }
    await expectRefusal(await takeIn(body), 404, 'not_found')
  })

  test.each([
    { partition: 'quarantine' },
    { name: '../marks/waiting' },
    { name: 'marks' },
    { id: 'x' },
  ])('A request to take in a report with %o is refused as malformed', async (changes) => {
    const body = { partition: '0', name: noise(16), id: noise(16), ...changes }
    await expectRefusal(await takeIn(body), 400, 'malformed')
  })

  test('A report that waited while its number ended enters without the number', async () => {
    const { keys, hashes } = await reporter()
    await submitWhileDown(await sealed(org, hashes))
    const ended = await ask('/api/inbox/destroy', octets(destroyBody(keys)))
    expect(ended.status).toBe(204)
    const [item] = (await pageOf('0')).items
    await takeIn({ partition: '0', name: item?.name, id: item?.id })
    expect(await storedReports()).toMatchObject([{ write_hash: null }])
  })
})

import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fetchReport } from '#site/staff/api/case-api.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { checkCase } from '#site/staff/case/read/check-case.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { inThread } from '#site/staff/case/read/in-thread.ts'
import { EMPTY_SUMMARY, SUMMARY } from '#site/staff/crypto/case-record.ts'
import { conversationOf } from '#site/staff/case/read/conversation.ts'
import { fetchAbsorbed } from '#site/staff/case/read/load-report.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { answerName } from '#protocol/staff/case-log/state'
import { type Filed } from '../../support/people.ts'
import { Casework } from './support.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let work: Casework
let one: Filed
let two: Filed
beforeEach(async () => {
  work = await Casework.begin()
  one = await work.tell('Биринчи кыз')
  two = await work.tell('Экинчи кыз')
})
afterAll(() => vi.unstubAllGlobals())

const merge = (from: Filed, into: Filed, by = work.aigul): Promise<void> =>
  work.office.as(by, (reader) => sendMerging(reader.by, from.id, into.id))
const { texts, notes } = Casework
const FINE = { fault: null, known: 'fine', statusDiffers: false, missing: 0 }

describe('two cases that are put together', () => {
  beforeEach(async () => {
    for (const { id } of [one, two]) await work.open(work.aigul, id)
    await work.note(work.aigul, two.id, 'Экинчинин белгиси')
    await work.act(work.aigul, two.id, (by, loaded) => sendReply(by, loaded, 'Угабыз'))
    await merge(two, one)
  })

  test('The surviving case shows both threads, with the place of each letter', async () => {
    const loaded = await work.open(work.bermet, one.id)
    const messages = conversationOf(loaded)
    expect(messages.map(({ text, thread }) => [text, thread])).toEqual(
      expect.arrayContaining([
        ['Биринчи кыз', 1],
        ['Экинчи кыз', 2],
        ['Угабыз', 2],
      ]),
    )
    expect(messages[0]).toMatchObject({ text: 'Биринчи кыз', isFirst: true })
    expect(loaded.others.map((each) => notes(each))).toEqual([['Экинчинин белгиси']])
    const checks = await work.check(one.id)
    expect(checks).toMatchObject(FINE)
    expect([checks.letters.size, checks.answers.size]).toEqual([0, 0])
    const [reply] = messages.filter(({ text }) => text === 'Угабыз')
    const [shown] = conversationOf(loaded, checks).filter(({ key }) => key === reply?.key)
    expect(shown?.by).toBe(work.aigul.by.keys.personId)
  })

  test('The ended case opens as the surviving case, and no longer takes rows', async () => {
    const loaded = await work.open(work.bermet, two.id)
    expect([loaded.item.id, loaded.others.map(({ id }) => id)]).toEqual([one.id, [two.id]])
    expect((await work.log(two.id)).mergedInto).toBe(one.id)
    await expect(merge(two, one)).rejects.toMatchObject({ code: 'case_merged' })
    const { id } = await work.tell('Үчүнчү')
    await expect(merge(two, { ...one, id })).rejects.toMatchObject({ code: 'case_merged' })
  })

  test('A later letter of the other person is taken under the surviving case’s key', async () => {
    await work.writeAgain(two, 'Экинчи кошумча')
    const loaded = await work.open(work.bermet, one.id)
    expect(loaded.item).toMatchObject({ followUps: 1, status: 'new', waitsFor: 'us' })
    expect(loaded.followUpsRead).toBe(1)
    const [other] = loaded.others
    expect(other?.sealed.taken.map(({ caseId }) => caseId)).toEqual(
      expect.arrayContaining([one.id, two.id]),
    )
    expect(texts(loaded)).toContain('Экинчи кошумча')
    expect(await work.check(one.id)).toMatchObject({ ...FINE, letters: new Set() })
  })

  test('A reply goes to the thread that was chosen, and only there', async () => {
    await work.act(work.bermet, one.id, (by, loaded) =>
      sendReply(by, inThread(loaded, two.id), 'Экинчиге экинчи жооп'),
    )
    await work.act(work.bermet, one.id, (by, loaded) =>
      sendReply(by, inThread(loaded, one.id), 'Биринчиге жооп'),
    )
    const loaded = await work.open(work.aigul, one.id)
    expect(loaded.answers.map(({ text }) => text)).toEqual(['Биринчиге жооп'])
    expect(loaded.others[0]?.answers.map(({ text }) => text)).toEqual([
      'Угабыз',
      'Экинчиге экинчи жооп',
    ])
    expect([...(await work.log(one.id)).answers.keys()].sort()).toEqual(
      [answerName(one.id, 0), answerName(two.id, 1)].sort(),
    )
    expect(await work.check(one.id)).toMatchObject({ ...FINE, answers: new Set() })
  })

  test('A hidden thread, a cut log and a merge that nobody signed are noticed', async () => {
    const check = (change: (parts: Parts) => Parts) =>
      work.office.as(work.aigul, async ({ by: { roster } }) => {
        const opened = await fetchReport(one.id)
        const { head, absorbed } = change({
          head: opened,
          absorbed: await fetchAbsorbed(opened.absorbed),
        })
        return checkCase(head, roster, absorbed)
      })
    expect((await check(({ head }) => ({ head, absorbed: [] }))).missing).toBeGreaterThan(0)
    const cut = await check(({ head, absorbed }) => ({
      head,
      absorbed: absorbed.map((each) => ({ ...each, log: each.log.slice(0, -1) })),
    }))
    expect([...cut.letters]).toEqual([two.id])
    const stranger = await work.tell('Чоочун')
    const foreign = await work.office.as(work.aigul, () => fetchReport(stranger.id))
    const added = await check(({ head, absorbed }) => ({
      head,
      absorbed: [...absorbed, foreign],
    }))
    expect([...added.letters]).toEqual([stranger.id])
  })
})

test('R38: A summary of an absorbed case that the server puts back is marked', async () => {
  for (const { id } of [one, two]) await work.open(work.aigul, id)
  const write = (title: string, revision: number): Promise<unknown> =>
    work.act(work.aigul, two.id, (by, { sealed }) =>
      writeIn(by, sealed).record({ record: SUMMARY, revision }, { ...EMPTY_SUMMARY, title }),
    )
  await write('Эски', 1)
  const { records: old } = await work.office.as(work.aigul, () => fetchReport(two.id))
  await write('Жаңы', 2)
  await merge(two, one)
  const differ = (records?: Parts['head']['records']) =>
    work.office.as(work.aigul, async ({ by: { roster } }) => {
      const opened = await fetchReport(one.id)
      const absorbed = await fetchAbsorbed(opened.absorbed)
      const shown = absorbed.map((each) => ({ ...each, ...(records && { records }) }))
      return (await checkCase(opened, roster, shown)).absorbedRecords.get(two.id)
    })
  expect(await differ()).toEqual(new Set())
  expect(await differ(old)).toEqual(new Set([SUMMARY]))
})

type Parts = Record<'head', Awaited<ReturnType<typeof fetchReport>>> & {
  absorbed: Awaited<ReturnType<typeof fetchAbsorbed>>
}

test('A case in progress that absorbs a new one is new, and can be taken up again', async () => {
  await work.open(work.aigul, one.id)
  await work.act(work.aigul, one.id, (by, loaded) => sendStatus(by, loaded, 'in_progress'))
  await merge(two, one)
  expect(await work.check(one.id)).toMatchObject(FINE)
  expect((await work.open(work.aigul, one.id)).item.status).toBe('new')
  await work.act(work.aigul, one.id, (by, loaded) => sendStatus(by, loaded, 'in_progress'))
  expect(await work.check(one.id)).toMatchObject(FINE)
})

test('Who has not read a merged report closes nothing and lifts no danger', async () => {
  for (const { id } of [one, two]) await work.open(work.aigul, id)
  const shown = await work.open(work.bermet, one.id)
  await merge(two, one)
  const lift = { v: 1, kind: 'danger', at: '', text: 'Коопсуз', isDanger: false } as const
  const refused = { code: 'report_grew' }
  const as = <Result>(run: (by: CaseWriter) => Promise<Result>): Promise<Result> =>
    work.office.as(work.bermet, ({ by }) => run(by))
  await expect(as((by) => writeIn(by, shown.sealed).danger(lift))).rejects.toMatchObject(refused)
  const close = as((by) => sendStatus(by, shown, 'closed', 'helped'))
  await expect(close).rejects.toMatchObject(refused)
  const reply = as((by) => sendReply(by, shown, 'Жооп'))
  await expect(reply).rejects.toMatchObject(refused)
})

test('Letters that nobody had opened are taken after the merge', async () => {
  await merge(two, one)
  const loaded = await work.open(work.bermet, one.id)
  expect(texts(loaded)).toEqual(['Биринчи кыз', 'Экинчи кыз'])
  expect(loaded.others[0]?.sealed.taken.map(({ caseId }) => caseId)).toEqual([one.id])
  expect(await work.check(one.id)).toMatchObject(FINE)
})

test('A chain of merges keeps every thread, and each of them is proven', async () => {
  const three = await work.tell('Үчүнчү кыз')
  for (const { id } of [one, two, three]) await work.open(work.aigul, id)
  await merge(three, two)
  await merge(two, one)
  const loaded = await work.open(work.bermet, one.id)
  expect(texts(loaded).sort()).toEqual(['Биринчи кыз', 'Үчүнчү кыз', 'Экинчи кыз'].sort())
  expect(await work.check(one.id)).toMatchObject({ ...FINE, letters: new Set() })
})

test('The caseworker of the surviving case reads both; the other reads neither', async () => {
  for (const { id } of [one, two]) await work.open(work.aigul, id)
  await work.give(work.aigul, one.id, work.cholpon)
  await merge(two, one)
  expect(texts(await work.open(work.cholpon, one.id))).toEqual(['Биринчи кыз', 'Экинчи кыз'])
  const three = await work.tell('Үчүнчү кыз')
  await work.open(work.aigul, three.id)
  await merge(one, three)
  await expect(work.open(work.cholpon, one.id)).rejects.toMatchObject({ code: 'not_found' })
  expect(work.office.edge.rows('SELECT * FROM case_grants')).toEqual([])
})

test('A case that absorbed others is given away with the keys of all', async () => {
  for (const { id } of [one, two]) await work.open(work.aigul, id)
  await merge(two, one)
  await work.give(work.aigul, one.id, work.cholpon)
  const read = await work.open(work.cholpon, one.id)
  expect(texts(read)).toEqual(['Биринчи кыз', 'Экинчи кыз'])
  await work.note(work.cholpon, one.id, 'Экөөнү тең окудум')
  expect(await work.check(one.id)).toMatchObject(FINE)
})

test('A merge that a colleague overtakes is signed again for the new heads', async () => {
  for (const { id } of [one, two]) await work.open(work.aigul, id)
  let overtaken = false
  const real = globalThis.fetch
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path.endsWith('/merge') && !overtaken) {
      overtaken = true
      return Response.json({ error: { code: 'chain_moved' } }, { status: 409 })
    }
    return real(path, init)
  })
  await merge(two, one)
  expect([overtaken, (await work.log(two.id)).mergedInto]).toEqual([true, one.id])
})

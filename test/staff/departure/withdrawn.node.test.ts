// Lists by name everything that a caseworker can open after a case has been taken from them. The
// caseworker has every key that their browser has ever had, and a full copy of the database and R2.
//
//  colleague ──report──note──title──give──note──letter──┐
//  colleague ──take back──key 2──note──title──letter──reply
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Refusal } from '#protocol/errors'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { loadReport } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { fetchReport } from '#site/staff/api/case-api.ts'
import { tell, writeAgain, type Filed } from '#test/staff/support/people.ts'
import { giveCase, renewCaseKey, takeCaseBack, writeTitle } from './support/assigned-case.ts'
import { offerLetter, type StoresCopy } from './support/edge.ts'
import { Office } from './support/office.ts'
import { openableBy } from './support/openable.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let office: Office
let before: StoresCopy
let after: StoresCopy

const send = async (seal: (keys: Awaited<ReturnType<Office['published']>>) => Promise<Filed>) => {
  const filed = await seal(await office.published(1))
  expect(await offerLetter(office.edge, filed)).toBe(true)
  return filed
}

beforeAll(async () => {
  office = await Office.open()
  const [, colleague] = office.readers
  const { caseworker } = office
  const first = await send((keys) => tell(keys, { text: 'report' }))
  const { id } = first
  const read = () =>
    office.as(colleague, async ({ by }) => takeLetters(by, await loadReport(by, id)))
  const note = (text: string) =>
    office.as(colleague, async ({ by }) =>
      writeIn(by, (await loadReport(by, id)).sealed).entry(noteOf(text)),
    )
  const reply = (text: string) =>
    office.as(colleague, async ({ by }) => sendReply(by, await loadReport(by, id), text))
  const letter = (text: string) => send((keys) => writeAgain(keys, first, { text }))

  await read()
  await note('note before')
  await writeTitle(office, colleague, id, 'title before')
  await giveCase(office, colleague, id)
  await note('note meanwhile')
  await letter('letter meanwhile')
  await read()
  await office.as(caseworker, () => fetchReport(id))
  before = office.edge.copy()

  await takeCaseBack(office, colleague, id)
  // The edge refuses the note if the app still uses the key that the caseworker has.
  await note('note in between').catch((cause: unknown) => {
    if (!(cause instanceof Refusal)) throw cause
  })
  await renewCaseKey(office, colleague, id)
  await note('note afterwards')
  await writeTitle(office, colleague, id, 'title afterwards')
  await letter('letter afterwards')
  await read()
  await reply('reply afterwards')
  after = office.edge.copy()
})
afterEach(() => vi.unstubAllGlobals())

/** Names of items that the caseworker opened while they had the case. */
const READ = [
  'content key',
  'entry: note before',
  'entry: note meanwhile',
  'letter: letter meanwhile',
  'letter: report',
]

test('A caseworker opens everything in a case that they have', async () => {
  const names = await openableBy(office.caseworker, before)
  expect(names).toEqual([...READ, 'grant', 'own keys', 'record: title before'].sort())
})

test('R36: A former caseworker opens what they had, and replies in its thread', async () => {
  const names = await openableBy(office.caseworker, after)
  expect(names).toEqual([...READ, 'answer: reply afterwards', 'own keys'].sort())
})

test('A reader opens what came after the case was taken back', async () => {
  const [, colleague] = office.readers
  const names = await openableBy(colleague, after)
  for (const name of ['entry: note afterwards', 'record: title afterwards'])
    expect(names).toContain(name)
})

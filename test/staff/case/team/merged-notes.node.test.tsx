import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { MergedNotes } from '#site/staff/case/screen/threads/merged-notes.tsx'
import { sendLink } from '#site/staff/case/write/send-link.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { SUMMARY } from '#site/staff/crypto/case-record.ts'
import { colleagues, type Colleagues } from '../../support/colleagues.ts'
import { partOf, shown } from '../../support/shown-case.tsx'
import { Casework } from './support.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let team: Colleagues
let loaded: LoadedReport
const at = '2026-11-26T10:00Z'
beforeAll(async () => {
  team = await colleagues()
  const work = await Casework.begin()
  const ids: string[] = []
  for (const text of ['Биринчи', 'Экинчи', 'Үчүнчү']) {
    const { id } = await work.tell(text)
    ids.push(id)
    await work.open(work.aigul, id)
  }
  const [one = '', two = '', three = ''] = ids
  await work.act(work.aigul, two, async (by, { sealed }) => {
    const lists = { tags: ['жумуш'], marks: ['0700 112233'] }
    const summary = {
      v: 1,
      kind: 'summary',
      title: 'Ресторан',
      risk: 'high',
      note: '',
      ...lists,
    } as const
    await writeIn(by, sealed).record({ record: SUMMARY, revision: 1 }, summary)
    await writeIn(by, sealed).danger({ v: 1, kind: 'danger', at, text: 'Урушту', isDanger: true })
    const task = { v: 1, kind: 'task', at, text: 'Дарыгер', dueDay: null, assignee: null } as const
    await writeIn(by, sealed).task(task)
    await sendLink(by, sealed, one, 'Бир окуя')
    await sendLink(by, sealed, three, 'Бир айдоочу')
  })
  await work.office.as(work.aigul, ({ by }) => sendMerging(by, two, one))
  loaded = await work.open(work.aigul, one)
})
afterAll(() => vi.unstubAllGlobals())

test('The whole summary, dangers and links of a merged case stay on the screen', () => {
  const text = shown({ team }, <MergedNotes {...partOf(loaded)} onOpen={() => undefined} />)
  for (const words of ['Ресторан', 'staff.risk.high', 'жумуш', '0700 112233'])
    expect(text).toContain(words)
  expect(text).toMatch(/staff\.danger\.set_by.* Урушту/)
  expect(text).toContain('Бир айдоочу')
})

test('A link between the two cases, and a task, are not repeated among the notes', () => {
  const text = shown({ team }, <MergedNotes {...partOf(loaded)} onOpen={() => undefined} />)
  expect(text).not.toContain('Бир окуя')
  expect(text).not.toContain('Дарыгер')
})

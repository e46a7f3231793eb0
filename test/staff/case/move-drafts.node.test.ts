import { expect, test } from 'vitest'
import { moveDrafts } from '#site/staff/case/write/move-drafts.ts'
import { isUnsent, savedDraftKey, type DraftOf } from '#site/staff/crypto/drafts.ts'

const [X, Y] = ['X'.repeat(22), 'Y'.repeat(22)]
const form = (fields: Record<string, string>, base = 0): string => JSON.stringify({ base, fields })
const draftsOf = (parts: [of: DraftOf, caseId: string, draft: string][]): Map<string, string> =>
  new Map(parts.map(([of, caseId, draft]) => [savedDraftKey(of, caseId), draft]))

test('Every word of a merged case appears in the surviving case', () => {
  const drafts = draftsOf([
    ['note', X, 'Белги'],
    ['link', X, 'Бир номер'],
    ['handover', X, 'Таң эрте чалат'],
    ['task', X, form({ text: 'Дарыгер' })],
    ['danger', X, form({ text: 'Урушту', isDanger: 'true' })],
    ['person', X, form({ name: 'Нуржан', role: 'suspect' })],
    ['wish', X, form({ wish: 'withdrawn', text: 'Эми айтпагыла' })],
    ['give', X, 'Юристти тааныйт'],
  ])
  const before = [...drafts.values()]
  moveDrafts(drafts, X, Y)
  expect(isUnsent(drafts, X)).toBe(false)
  expect([...drafts.keys()].every((key) => key.endsWith(` ${Y}`))).toBe(true)
  expect([...drafts.values()]).toEqual(before)
})

test('A note that was begun in both cases keeps the words of both', () => {
  const drafts = draftsOf([
    ['note', Y, 'Биринчиси'],
    ['note', X, 'Экинчиси'],
  ])
  moveDrafts(drafts, X, Y)
  expect(drafts).toEqual(draftsOf([['note', Y, 'Биринчиси\n\nЭкинчиси']]))
})

test('A form that was begun in both cases stays, and the words of the other are a note', () => {
  const own = form({ text: 'Билет', dueDay: '2026-12-01' })
  const drafts = draftsOf([
    ['task', Y, own],
    ['task', X, form({ text: 'Дарыгер', dueDay: '2026-12-09', assignee: 'A'.repeat(22) })],
  ])
  moveDrafts(drafts, X, Y)
  expect(drafts).toEqual(
    draftsOf([
      ['task', Y, own],
      ['note', Y, 'Дарыгер\n2026-12-09'],
    ]),
  )
})

test('A wish that was begun in both cases leaves its words as a note, without the choices', () => {
  const own = form({ wish: 'helpers', text: 'Болот' })
  const fields = { of: `letter ${X}`, wish: 'withdrawn', how: 'call', when: '2026-11-27T12:00' }
  const drafts = draftsOf([
    ['wish', Y, own],
    ['wish', X, form({ ...fields, by: X, text: 'Эми айтпагыла' })],
  ])
  moveDrafts(drafts, X, Y)
  expect(drafts).toEqual(
    draftsOf([
      ['wish', Y, own],
      ['note', Y, 'Эми айтпагыла'],
    ]),
  )
})

test('Words about a person or the summary are a note, because the records differ', () => {
  const drafts = draftsOf([
    ['record 0', X, form({ title: 'Ресторан', risk: 'high', tags: 'жумуш' }, 2)],
    ['record 3', X, form({ name: 'Нуржан', role: 'suspect', age: '', text: 'Айдоочу' }, 1)],
    ['note', X, 'Белги'],
  ])
  moveDrafts(drafts, X, Y)
  expect(drafts).toEqual(draftsOf([['note', Y, 'Ресторан\nжумуш\n\nНуржан\nАйдоочу\n\nБелги']]))
})

const referral = (name: string, values: Record<string, string>): string =>
  JSON.stringify({ person: `${X} 1`, about: { name, answers: 'кезметчи' }, facts: { values } })

test('A referral goes on in the same form, and the words of a second one are a note', () => {
  const drafts = draftsOf([['referral', X, referral('Тунук', { place: 'Ош' })]])
  moveDrafts(drafts, X, Y)
  const moved = draftsOf([['referral', Y, referral('Тунук', { place: 'Ош' })]])
  expect(drafts).toEqual(moved)
  drafts.set(savedDraftKey('referral', X), referral('Милиция', { help: 'түнөк', name: '' }))
  moveDrafts(drafts, X, Y)
  expect(drafts).toEqual(
    new Map([...moved, ...draftsOf([['note', Y, 'Милиция\nкезметчи\nтүнөк']])]),
  )
})

test('A reply and the end of a task keep their keys, and other cases keep their words', () => {
  const parts: [DraftOf, string, string][] = [
    ['answer', X, 'Угабыз'],
    ['answer_files', X, 'баракча.txt'],
    ['task_end 2', X, form({ text: 'болду', isDone: 'true' })],
    ['note', 'Z'.repeat(22), 'Башка иш'],
  ]
  const drafts = draftsOf(parts)
  moveDrafts(drafts, X, Y)
  expect(drafts).toEqual(draftsOf(parts))
})

test('The receiver and the tick of a handover go on with its words', () => {
  const choices: [DraftOf, string][] = [
    ['handover', 'Таң эрте чалат'],
    ['handover_to', 'A'.repeat(22)],
    ['handover_give', 'A'.repeat(22)],
  ]
  const drafts = draftsOf(choices.map(([of, text]) => [of, X, text]))
  moveDrafts(drafts, X, Y)
  expect(drafts).toEqual(draftsOf(choices.map(([of, text]) => [of, Y, text])))
})

test('A handover that was begun in the surviving case keeps its own receiver', () => {
  const drafts = draftsOf([
    ['handover', X, 'Таң эрте чалат'],
    ['handover_to', X, 'A'.repeat(22)],
    ['handover_give', X, 'A'.repeat(22)],
    ['handover', Y, 'Билет алынды'],
  ])
  moveDrafts(drafts, X, Y)
  expect(drafts).toEqual(draftsOf([['handover', Y, 'Билет алынды\n\nТаң эрте чалат']]))
})

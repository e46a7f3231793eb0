import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { UNCLASSIFIED, type Classification } from '#site/staff/crypto/classification.ts'
import { EMPTY_SUMMARY, type CasePerson } from '#site/staff/crypto/case-record.ts'
import { dangerOf } from '#site/staff/case/read/danger-of.ts'
import { minorOf } from '#site/staff/case/read/minor-of.ts'
import { HeadLines } from '#site/staff/case/screen/head/head-lines.tsx'
import { NOBODY_YET, personFrom } from '#site/staff/case/screen/persons/person-fields.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendAssignment } from '#site/staff/case/write/send-assignment.ts'
import { takeCase } from '#site/staff/case/write/take-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { shown } from '../support/shown-case.tsx'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'

let team: Colleagues
let begun: WorkedCase[]
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Биринчи кат'])
})
let work: WorkedCase
beforeEach(async () => {
  const [one] = await copyCases(begun)
  work = one!
})
afterEach(() => vi.unstubAllGlobals())

const load = () => work.load(team.aigul)
const mark = async (isDanger: boolean, at: string): Promise<void> => {
  const entry = { v: 1, kind: 'danger', at, text: '', isDanger } as const
  await writeIn(team.bermet, (await work.load(team.bermet)).sealed).danger(entry)
}
const add = async (person: Partial<CasePerson>): Promise<void> => {
  const nobody = personFrom(NOBODY_YET)
  const { sealed } = await load()
  await writeIn(team.aigul, sealed).person({ ...nobody, ...person })
}
const headOf = async (): Promise<string> => {
  const loaded = await load()
  return shown({ team }, <HeadLines loaded={loaded} />)
}

test('A danger has its first row and the colleague who confirmed it last', async () => {
  expect(dangerOf(await load())).toBeNull()
  await mark(true, '2026-11-24T10:00Z')
  await mark(true, '2026-11-26T09:10Z')
  const confirmed = { by: team.bermet.keys.personId, at: '2026-11-26T09:10Z' }
  expect(dangerOf(await load())).toEqual({ since: '2026-11-24T10:00Z', confirmed })
  expect(await headOf()).toContain('staff.danger.confirmed')
})

test('A lifted danger does not count, and a later letter in danger is unconfirmed', async () => {
  await mark(true, '2026-11-24T10:00Z')
  await work.openAndTake(team.aigul)
  await mark(false, '2026-11-25T10:00Z')
  expect(dangerOf(await load())).toBeNull()
  await work.writeAgain({ text: 'Урушту', at: '2026-11-27T02:31Z' }, { isDanger: true })
  expect(dangerOf(await load())).toEqual({ since: '2026-11-27T02:31Z', confirmed: null })
  expect(await headOf()).toContain('staff.danger.unconfirmed')
})

test('The head says that a case was given until its holder has taken it', async () => {
  await takeCase(team.aigul, await load(), true)
  expect(await headOf()).not.toContain('staff.line.given')
  await sendAssignment(team.aigul, await load(), team.bermet.keys.personId)
  expect(await headOf()).toContain('staff.line.given')
  const { sealed } = await work.load(team.bermet)
  await writeIn(team.bermet, sealed).entry(noteOf('Чалдым'))
  expect(await headOf()).not.toContain('staff.line.given')
})

test('The head has the hour at the place of a letter in another country', async () => {
  vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(-360)
  const loaded = await load()
  const headAt = (place: string): string => {
    const { first } = loaded
    if (!first) throw new Error('the first letter opens')
    const there = { ...loaded, first: { ...first, report: { ...first.report, place } } }
    return shown({ team }, <HeadLines loaded={there} />)
  }
  expect(headAt('Анталья, Турция')).toContain('staff.head.there')
  for (const place of ['Россия', 'Анталья']) expect(headAt(place)).not.toContain('staff.head.there')
  vi.restoreAllMocks()
})

test('One child among the people of a case decides, and a suspect does not count', async () => {
  expect(minorOf(await load())).toBe('unknown')
  await add({ name: 'Айпери', age: '24' })
  await add({ name: 'Санжар', role: 'suspect', age: '16' })
  expect(minorOf(await load())).toBe('no')
  await add({ name: 'Жылдыз' })
  expect(minorOf(await load())).toBe('unknown')
  await add({ name: 'Гүлнур', age: '17 же 18' })
  expect(minorOf(await load())).toBe('yes')
  expect(await headOf()).toContain('staff.minor.yes')
})

test('A classification says who is under 18, and the youngest answer decides', async () => {
  const classes = (rest: Partial<Classification>) => ({ classes: { ...UNCLASSIFIED, ...rest } })
  await add({ name: 'Айпери', ...classes({ under18: 'no' }) })
  expect(minorOf(await load())).toBe('no')
  await add({ name: 'Гүлзат', ...classes({ under18: 'unknown' }) })
  expect(minorOf(await load())).toBe('unknown')
  await add({ name: 'Санжар', role: 'suspect', ...classes({ under18: 'yes' }) })
  expect(minorOf(await load())).toBe('unknown')
  await add({ name: 'Гүлнур', age: '24', ...classes({ ageBand: 'under18' }) })
  expect(minorOf(await load())).toBe('yes')
})

test('A letter that says so is enough, and its other answers decide nothing', async () => {
  const loaded = await load()
  const { first } = loaded
  if (!first) throw new Error('the first letter opens')
  const saying = (under18: 'yes' | 'no' | 'unknown') =>
    minorOf({ ...loaded, first: { ...first, report: { ...first.report, under18 } } })
  expect(['yes', 'no', 'unknown'].map((each) => saying(each as 'yes'))).toEqual([
    ...['yes', 'unknown', 'unknown'],
  ])
})

test('The head shows status, holder, risk, and the open task that is due first', async () => {
  expect(await headOf()).toMatch(/staff\.status\.new .*staff\.assign\.nobody/)
  await takeCase(team.aigul, await load(), true)
  const task = (text: string, dueDay: string | null) =>
    ({ v: 1, kind: 'task', at: '2026-11-26T10:00Z', text, dueDay, assignee: null }) as const
  for (const [text, day] of [
    ['Юрист', '2026-12-09'],
    ['Жооп жазуу', '2026-12-02'],
  ] as const)
    await writeIn(team.aigul, (await load()).sealed).task(task(text, day))
  const summary = { ...EMPTY_SUMMARY, risk: 'high' } as const
  await writeIn(team.aigul, (await load()).sealed).record({ record: 0, revision: 1 }, summary)
  const head = await headOf()
  expect(head).toMatch(/staff\.status\.in_progress .*staff\.assign\.me .*staff\.risk\.high/)
  expect(head).toContain('Жооп жазуу')
  expect(head).not.toContain('Юрист')
})

test('Without an answer about contact the head says that only this site is safe', async () => {
  expect(await headOf()).toContain('staff.contact.site')
})

// Renders the comparison, the case head and the letters, with two letters from two people.
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { KIND } from '#protocol/report/envelope'
import { type CaseChecks } from '#site/staff/case/read/check-case.ts'
import { MergedWish } from '#site/staff/case/screen/merge/merged-wish.tsx'
import { MergeSide } from '#site/staff/case/screen/merge/merge-side.tsx'
import { ReplyPart } from '#site/staff/case/screen/threads/reply-part.tsx'
import { LeadingWish } from '#site/staff/case/screen/wishes/leading-wish.tsx'
import { isNamedIn } from '#site/staff/case/screen/wishes/names-in-letters.ts'
import { openAll, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { ThreadView } from '#site/staff/case/screen/thread.tsx'
import { type PlainReport } from '#protocol/report/plain-report'
import { colleagues, type Colleagues } from '../../support/colleagues.ts'
import { openedWith, tell } from '../../support/people.ts'
import { shown } from '../../support/shown-case.tsx'

let team: Colleagues
let [victim, witness, merged]: LoadedReport[] = []
beforeAll(async () => {
  team = await colleagues()
  const told = async (plain: Partial<PlainReport> & { text: string }, kind: 1 | 2) =>
    openedWith(await tell(team.staff, plain, { kind }))
  const help = await told(
    {
      ...{ text: 'Мени чыгарбайт', at: '2026-11-24T12:00Z', consent: 'helpers' },
      ...{ place: 'Казань', signs: ['DebtBondage'], contact: { avoid: 'Чалбаңыз' } },
    },
    KIND.helpForMe,
  )
  const tip = await told(
    {
      ...{ text: 'Нуржан Асановичти көрдүм', at: '2026-11-24T11:00Z', consent: 'anonymous' },
      ...{ place: 'Бишкек', contact: { avoid: 'Үйгө келбеңиз' } },
    },
    KIND.tip,
  )
  victim = await openAll(team.aigul, help)
  witness = await openAll(team.aigul, tip)
  merged = await openAll(team.aigul, help, [tip])
})
afterEach(() => vi.unstubAllGlobals())

/** Returns the text that is rendered while the parts wait for the network. */
const textOf = (...parts: Parameters<typeof shown>[1][]): string => {
  vi.stubGlobal('fetch', () => new Promise(() => undefined))
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  return shown({ team }, parts)
}
/** Expects that the texts appear in this order. */
function expectInOrder(text: string, parts: readonly string[]): void {
  let from = 0
  for (const part of parts) {
    const at = text.indexOf(part, from)
    expect(at, `${part} in ${text.slice(from)}`).toBeGreaterThanOrEqual(0)
    from = at + part.length
  }
}
/** The check results of a case that the server shows in full. */
const whole: CaseChecks = {
  ...{ fault: null, known: 'fine', statusDiffers: false, missing: 0 },
  ...{ dangerDiffers: false, assigneeDiffers: false, authors: new Map() },
  ...{ letters: new Set(), answers: new Set(), entries: new Set(), records: new Set() },
  ...{ absorbedEntries: new Map(), absorbedRecords: new Map() },
}
const none = { reload: () => Promise.resolve(), onSaved: () => undefined, onAsk: () => undefined }

describe('two letters by two people', () => {
  test('The top of the case has the wish of the person it is about, then the stricter one', () => {
    const text = textOf(<LeadingWish loaded={merged!} checks={null} {...none} />)
    expectInOrder(text, [
      ...['staff.consent.helpers', 'staff.wish.others', 'staff.consent.anonymous'],
      'staff.consent.exceptions',
    ])
    expect(text).not.toContain('staff.wish.ask ')
  })

  test('A server that withholds a part may withhold a wish, so that the top says to ask', () => {
    const top = (checks: CaseChecks) =>
      textOf(<LeadingWish loaded={merged!} checks={checks} {...none} />)
    expect(top(whole)).not.toContain('staff.wish.incomplete')
    for (const lack of [
      { missing: 1 },
      { known: 'older' },
      { fault: { is: 'broken', at: 3 } },
    ] as const)
      expectInOrder(top({ ...whole, ...lack }), [
        ...['staff.wish.incomplete', 'staff.consent.helpers', 'staff.consent.exceptions'],
      ])
  })

  test('Each letter has its own wish, way, ticks and place, and the older one is first', () => {
    const text = textOf(<ThreadView loaded={merged!} checks={null} fresh={new Set()} />)
    expectInOrder(text, [
      ...['Нуржан Асановичти көрдүм', 'staff.consent.anonymous', 'Үйгө келбеңиз', 'Бишкек'],
      ...['Мени чыгарбайт', 'staff.consent.helpers', 'Чалбаңыз', 'staff.sign.debt', 'Казань'],
    ])
  })

  test('The comparison has both, and says that they differ and which one will lead', () => {
    const sides = [victim!, witness!].map((loaded) => (
      <MergeSide key={loaded.id} title="" loaded={loaded} />
    ))
    expectInOrder(textOf(sides), [
      ...['staff.consent.helpers', 'Казань', 'staff.consent.anonymous', 'Бишкек'],
    ])
    for (const [from, into] of [
      [victim!, witness!],
      [witness!, victim!],
    ] as const)
      expectInOrder(textOf(<MergedWish from={from} into={into} />), [
        ...['staff.merge.differ', 'staff.consent.helpers', 'staff.consent.anonymous'],
      ])
  })

  test('The advice for a safe reply is that of both writers until one is chosen', () => {
    const part = (chosen: string | null) => (
      <ReplyPart
        loaded={merged!}
        chosen={chosen}
        onChoose={() => undefined}
        writers={[]}
        reload={none.reload}
        onSent={() => undefined}
      />
    )
    expectInOrder(textOf(part(null)), ['Үйгө келбеңиз', 'Чалбаңыз'])
    const text = textOf(part(witness!.id))
    expect(text).toContain('Үйгө келбеңиз')
    expect(text).not.toContain('Чалбаңыз')
  })
})

describe('a name in a letter', () => {
  test.each([
    ['Нуржан', true],
    ['нуржан', true],
    ['Nurjan', true],
    ['Асанович Бакыт', true],
    ['Нур', true],
    ['Өмүр', false],
    ['ан', false],
  ])('%s is named: %s', (name, isNamed) => {
    expect(isNamedIn(merged!, name)).toBe(isNamed)
  })
})

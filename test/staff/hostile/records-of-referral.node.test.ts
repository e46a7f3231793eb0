// Opens a referred case while the server returns older records of its people, another case's
// records or none. The role and the age of a person determine who may consent and whether two
// colleagues must sign.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { loadReferrals } from '#site/staff/case/read/load-referrals.ts'
import { checkCase } from '#site/staff/case/read/check-case.ts'
import { threadsOf } from '#site/staff/case/read/in-thread.ts'
import { personsIn } from '#site/staff/case/read/read-records.ts'
import { minorOf } from '#site/staff/case/read/minor-of.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendMark, sendReferral, sendSecond } from '#site/staff/case/write/send-referral.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { UNCLASSIFIED } from '#site/staff/crypto/classification.ts'
import { type CasePerson } from '#site/staff/crypto/case-record.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { factsOf, wordsOfCase } from '#site/staff/referral/facts-of.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { CARE, consented, draftFor, PAGE, refer } from '../support/referrals.ts'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'

const [CHILD, PARENT] = [1, 2]
const person = (rest: Partial<CasePerson>): CasePerson => ({
  ...{
    v: 2,
    kind: 'person',
    role: 'victim',
    classes: UNCLASSIFIED,
    name: '',
    contact: '',
    age: '',
    text: '',
  },
  ...rest,
})

let team: Colleagues
let aigul: CaseWriter, bermet: CaseWriter
let begun: WorkedCase[]
/** the case before its records changed, and another case */
let older: StoredCase, other: StoredCase
let work: WorkedCase

/**
 * A mother consents for a child. Later, the case records that she is the suspect and how old the
 * child is.
 */
beforeAll(async () => {
  team = await colleagues()
  ;({ aigul, bermet } = team)
  begun = await workedCases(team, ['Биринчи кат', 'Экинчи кат'])
  const [one, two] = begun as [WorkedCase, WorkedCase]
  for (const each of begun) {
    await each.openAndTake(aigul)
    await record(each, CHILD, 1, { name: 'Эски ат', age: '24', contact: '@old' })
    await record(each, PARENT, 1, { name: 'Апасы', age: '40', role: 'relative' })
  }
  await refer(one, aigul, await byParent(one))
  older = await one.stored()
  other = await two.stored()
  await record(one, CHILD, 2, { name: 'Айпери', age: '16', contact: '@aiperi' })
  await record(one, PARENT, 2, { name: 'Апасы', age: '40', role: 'suspect' })
  vi.unstubAllGlobals()
})
beforeEach(async () => {
  ;[work] = (await copyCases(begun)) as [WorkedCase]
  forgetSeen()
})
afterEach(() => void vi.unstubAllGlobals())

async function record(on: WorkedCase, n: number, revision: number, rest: Partial<CasePerson>) {
  const { sealed } = await on.load(aigul)
  await writeIn(aigul, sealed).record({ record: n, revision }, person(rest))
}

const byParent = async (on: WorkedCase) => ({
  isUnder18: 'yes' as const,
  person: { caseId: on.id, record: CHILD },
  child: { ...CARE, decidedBy: aigul.keys.personId },
  basis: {
    kind: 'consent' as const,
    consent: await consented(aigul, { by: 'parent', parent: { caseId: on.id, record: PARENT } }),
  },
})

const BROKEN = 'older records with a broken log'
const LIES: Readonly<Record<string, (stored: StoredCase) => StoredCase>> = {
  'older records': (stored) => ({ ...stored, records: older.records }),
  'an older record of each person as well': (stored) => ({
    ...stored,
    records: [...stored.records, ...older.records],
  }),
  'the records of another case': (stored) => ({ ...stored, records: other.records }),
  'two records in each other’s place': ({ records, ...rest }) => {
    const [one, two] = records
    const swapped = [
      { ...one!, sealed: two!.sealed },
      { ...two!, sealed: one!.sealed },
    ]
    return { ...rest, records: swapped }
  },
  'no records': (stored) => ({ ...stored, records: [] }),
  [BROKEN]: ({ log, ...rest }) => ({
    ...{ ...rest, records: older.records },
    log: [...older.log, ...log.slice(older.log.length).toReversed()],
  }),
}
const NAMES = Object.keys(LIES)
/**
 * An older log matches older records. Only a later row that was seen or signed reveals the older
 * state.
 */
const olderCase = (stored: StoredCase): StoredCase => ({
  ...stored,
  ...{ log: older.log, records: older.records, entries: older.entries },
})

const referral = async (by: CaseWriter) => {
  const loaded = await work.load(by)
  const [made] = await loadReferrals(by.roster, loaded, Date.now())
  return { loaded, made: made! }
}
const rows = async () => (await work.stored()).log.length

test('The honest case: the mother is the suspect, so her consent is red', async () => {
  const { loaded, made } = await referral(bermet)
  expect(made.doubts).toEqual(['parent'])
  expect(minorOf(loaded)).toBe('yes')
  const facts = factsOf(loaded, { caseId: work.id, record: CHILD }, String)
  expect(facts.values).toMatchObject({ name: 'Айпери', age: '16', contact: '@aiperi' })
})

describe.each(NAMES)('a server that answers %s', (name) => {
  beforeEach(() => {
    work.show((stored) => LIES[name]!(stored))
  })

  test('Nothing of it is a fact of the letter, and nobody counts as an adult', async () => {
    const loaded = await work.load(bermet)
    const facts = factsOf(loaded, { caseId: work.id, record: CHILD }, String)
    expect([facts.values.name, facts.values.age, facts.values.contact]).toEqual(['', '', ''])
    expect(facts.others).toEqual([])
    expect(minorOf(loaded)).toBe('unknown')
  })

  test('The consent of the mother is red, and nothing is signed by it', async () => {
    const before = await rows()
    const { loaded, made } = await referral(bermet)
    expect(made.doubts).toContain('parent')
    await expect(sendSecond(bermet, loaded, made, '')).rejects.toMatchObject({
      code: 'cannot_open',
    })
    const draft = await draftFor(bermet, await byParent(work))
    await expect(sendReferral(bermet, loaded, draft, PAGE)).rejects.toMatchObject({
      code: 'malformed',
    })
    const plain = await draftFor(bermet)
    await expect(sendReferral(bermet, loaded, plain, PAGE)).rejects.toMatchObject({
      code: expect.stringMatching(/^(record_changed|ledger_broken)$/) as string,
    })
    expect(await rows()).toBe(before)
  })
})

describe.each(NAMES.filter((name) => name !== 'no records'))(
  'a classification under %s',
  (name) => {
    test('It is marked, counts nowhere, and nothing takes the place of the true one', async () => {
      const [before, records] = [await rows(), (await work.stored()).records]
      work.show((stored) => LIES[name]!(stored))
      const loaded = await work.load(bermet)
      const { roster } = bermet
      const checks = await checkCase(loaded.sealed, roster)
      const shown = personsIn(loaded.records).filter(({ record: n }) => n === CHILD)
      for (const { record: n } of shown)
        expect(checks.records.has(n) || checks.fault !== null).toBe(true)
      const kept = personsIn(threadsOf(loaded).flatMap(({ signed }) => signed.records))
      expect(kept.map(({ kept: { classes } }) => classes)).toEqual([])
      const stored = loaded.records.find(({ record: n }) => n === CHILD)
      const place = { record: CHILD, revision: (stored?.revision ?? 0) + 1 }
      const classes = { ...UNCLASSIFIED, gender: 'Feminine' as const }
      await expect(
        writeIn(bermet, loaded.sealed).record(place, person({ classes })),
      ).rejects.toMatchObject({
        code: expect.stringMatching(/^(record_changed|cannot_open|ledger_broken)$/) as string,
      })
      expect(await rows()).toBe(before)
      expect((await work.stored()).records).toEqual(records)
    })
  },
)

test('A server that keeps a classification back gets no second record in its place', async () => {
  const classes = { ...UNCLASSIFIED, control: ['DebtBondage' as const] }
  await record(work, CHILD, 3, { name: 'Айпери', classes })
  const records = (await work.stored()).records
  work.show((stored) => ({ ...stored, records: [] }))
  const { sealed } = await work.load(bermet)
  await expect(
    writeIn(bermet, sealed).record({ record: CHILD, revision: 1 }, person({})),
  ).rejects.toMatchObject({ code: 'record_changed' })
  expect((await work.stored()).records).toEqual(records)
})

test('A server that shows the true case at the signature only gets none', async () => {
  const before = await rows()
  work.show(olderCase)
  const { loaded, made } = await referral(bermet)
  // So far, nothing distinguishes the older case from the complete case.
  expect(made.doubts).toEqual([])
  work.show((stored) => stored)
  const draft = await draftFor(bermet, await byParent(work))
  for (const signing of [
    () => sendSecond(bermet, loaded, made, ''),
    () => sendReferral(bermet, loaded, draft, PAGE),
  ])
    await expect(signing()).rejects.toMatchObject({ code: 'record_changed' })
  expect(await rows()).toBe(before)
})

test('A colleague who corrects a person stops what leaves, not what takes back', async () => {
  const made = await refer(work, aigul)
  const loaded = await work.load(aigul)
  await record(work, CHILD, 3, { name: 'Айпери', age: '15' })
  const sent = { to: 'sent', text: '', expectedDay: null } as const
  await expect(sendMark(aigul, loaded, made, sent)).rejects.toMatchObject({
    code: 'record_changed',
  })
  await sendMark(aigul, loaded, made, { to: 'revoked', text: '' })
})

test('A note that another note took the place of is not offered as words', async () => {
  for (const text of ['Биринчи жазуу', 'Экинчи жазуу'])
    await writeIn(aigul, (await work.load(aigul)).sealed).entry(noteOf(text))
  const words = async () => wordsOfCase(await work.load(bermet)).map(({ text }) => text)
  expect(await words()).toEqual(expect.arrayContaining(['Биринчи жазуу', 'Экинчи жазуу']))
  work.show(({ entries, ...rest }) => {
    const [one, two] = entries.slice(-2)
    const swapped = [
      { n: one!.n, sealed: two!.sealed },
      { n: two!.n, sealed: one!.sealed },
    ]
    return { ...rest, entries: [...entries.slice(0, -2), ...swapped] }
  })
  expect((await words()).join()).not.toContain('жазуу')
})

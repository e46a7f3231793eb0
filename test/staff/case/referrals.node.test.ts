// Refers a case through the functions of the staff app, against the real worker. Tests what is
// signed, who must do what next, and what a rule refuses.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromB64, toB64, utf8 } from '#protocol/bytes'
import { ReferralEntry, type ReferralField } from '#protocol/staff/case-log/referral'
import { isChildSince, isHeldForChild } from '#site/staff/case/read/child-since.ts'
import { loadReferrals } from '#site/staff/case/read/load-referrals.ts'
import { brokenRules, needOf, type PersonRole } from '#site/staff/case/read/referral-rules.ts'
import { sendMark, sendReferral, sendSecond } from '#site/staff/case/write/send-referral.ts'
import { NOBODY_YET, personFrom } from '#site/staff/case/screen/persons/person-fields.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { UNCLASSIFIED } from '#site/staff/crypto/classification.ts'
import { consentTextHash, recordConsent } from '#site/staff/crypto/record-consent.ts'
import { loadFile } from '#site/staff/referral/load-file.ts'
import { SealedReader } from '#site/staff/search/read-sealed.ts'
import { factsOf } from '#site/staff/referral/facts-of.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import {
  CARE,
  DIGITS,
  consented,
  draftFor,
  entryFor,
  LIFE,
  PAGE,
  POLICE,
  refer,
  referralsIn,
  SHELTER,
  informed,
} from '../support/referrals.ts'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'

const HOUR = 3_600_000
const LEAST = ['place', 'danger', 'found_there'] as const
let team: Colleagues
let begun: WorkedCase[]
let work: WorkedCase
let aigul: CaseWriter, bermet: CaseWriter
beforeAll(async () => {
  team = await colleagues()
  ;({ aigul, bermet } = team)
  begun = await workedCases(team, ['Биринчи кат'])
  await begun[0]!.openAndTake(team.aigul)
})
beforeEach(async () => {
  work = (await copyCases(begun))[0]!
})
afterEach(() => void vi.unstubAllGlobals())

const only = async (by = bermet, at = Date.now()) => (await referralsIn(work, by, at))[0]!
const mark = async (
  to: 'sent' | 'accepted' | 'rejected' | 'done' | 'revoked' | 'told',
  rest: object = to === 'sent' ? { expectedDay: '2026-12-24' } : {},
) => {
  await sendMark(aigul, await work.load(aigul), await only(aigul), { to, text: '', ...rest })
}
const owed = async (at = Date.now()) => (await only(bermet, at)).owed

describe('a referral with consent', () => {
  test('One colleague signs, it leaves, is accepted and ends, without a doubt', async () => {
    const made = await refer(work, aigul)
    expect(made).toMatchObject({ doubts: [], signed: { state: 'made', second: 'none' } })
    expect(made.owed).toMatchObject([{ what: 'send', by: aigul.keys.personId, isLate: false }])
    await mark('sent')
    expect(await owed(Date.parse('2026-12-24'))).toEqual([])
    expect(await owed(Date.parse('2026-12-25T12:00Z'))).toMatchObject([
      { what: 'answer', since: '2026-12-24', isLate: true },
    ])
    await mark('accepted')
    expect(await owed()).toMatchObject([{ what: 'tell_person' }])
    await mark('done', { told: { is: 'told', at: '2026-12-01T10:00Z' } })
    expect(await only()).toMatchObject({ owed: [], doubts: [], signed: { state: 'done' } })
  })

  test('The receiver is told after it was revoked, by whom, how, and with its answer', async () => {
    await refer(work, aigul)
    await mark('sent')
    await mark('revoked')
    expect(await owed()).toMatchObject([{ what: 'tell_receiver', isLate: true }])
    await expect(mark('told')).rejects.toMatchObject({ code: 'malformed' })
    const toldBy = aigul.keys.personId
    await mark('told', { receiver: { toldBy, how: 'телефон', answer: 'deleted' } })
    const [last] = (await only()).marks.slice(-1)
    expect(last?.entry?.receiver).toEqual({ toldBy, how: 'телефон', answer: 'deleted' })
    expect(await owed()).toEqual([])
  })

  test('The file is exactly the bytes that left, and the server cannot change it', async () => {
    const made = await refer(work, aigul)
    const { signed, entry } = made
    expect(entry?.file).toMatchObject({ size: PAGE.length, hash: signed.fileHash })
    const loaded = await work.load(bermet)
    const file = { way: 'page', digits: DIGITS, bytes: PAGE }
    expect(await loadFile(bermet, loaded, made)).toEqual(file)
    const change = (edit: (sealed: Uint8Array<ArrayBuffer>) => void) => {
      work.edge.wire = async ({ path, pass }) => {
        const answer = await pass()
        if (!path.endsWith(signed.fileHash)) return answer
        const sealed = new Uint8Array(await answer.arrayBuffer())
        expect(sealed).toHaveLength(16_412)
        edit(sealed)
        return new Response(sealed)
      }
    }
    change(() => undefined)
    expect(await loadFile(bermet, loaded, made)).toEqual(file)
    change((sealed) => void (sealed[40]! ^= 1))
    const changed = loadFile(bermet, loaded, made)
    await expect(changed).rejects.toMatchObject({ code: 'cannot_open' })
  })

  test('The digits of a page are in the sealed entry and nowhere else', async () => {
    const sent: Uint8Array[] = []
    work.edge.wire = ({ path, body, pass }) => {
      sent.push(utf8(path), typeof body === 'string' ? utf8(body) : body)
      return pass()
    }
    await refer(work, aigul)
    await mark('sent')
    expect((await only(bermet)).entry?.file).toMatchObject({ way: 'page', digits: DIGITS })
    expect((await only(aigul)).entry?.file.digits).toBe(DIGITS)
    const { tables, objects } = work.edge.stores.copy()
    const stored = [...tables.values()].flat().flatMap((row) => Object.values(row))
    const texts = stored.map((each) =>
      each instanceof Uint8Array ? Buffer.from(each).toString('latin1') : String(each),
    )
    const bytes = [...sent, ...objects.map((each) => each.bytes)].map((each) =>
      Buffer.from(each).toString('latin1'),
    )
    // The sealed parts are sent as base64url.
    const parts = sent.flatMap((each) =>
      [
        ...Buffer.from(each)
          .toString('latin1')
          .matchAll(/[\w-]{40,}/g),
      ].map(([part]) => Buffer.from(part, 'base64url').toString('latin1')),
    )
    expect(texts.length * bytes.length * parts.length).toBeGreaterThan(0)
    for (const each of [...texts, ...bytes, ...parts]) expect(each).not.toContain(DIGITS)
    const reader = new SealedReader(bermet)
    const { cases } = await reader.loadPage([work.id])
    const { read } = await reader.read(cases[0]!)
    expect(read.referrals).toHaveLength(2)
    expect(JSON.stringify(read)).not.toContain(DIGITS)
  })

  test('A page has 24 digits, and paper has none', () => {
    const isRead = async (file: object) => {
      const entry = { ...(await entryFor(aigul)), text: 'x' }
      return ReferralEntry.safeParse({ ...entry, file: { ...entry.file, ...file } }).success
    }
    return expect(
      Promise.all(
        [
          { way: 'page', digits: DIGITS },
          { way: 'paper', digits: null },
          { way: 'page', digits: null },
          { way: 'paper', digits: DIGITS },
          { way: 'page', digits: DIGITS.slice(1) },
        ].map(isRead),
      ),
    ).resolves.toEqual([true, true, false, false, false])
  })

  test('After 30 days unsent it is asked again, and the old consent sends nothing', async () => {
    const heardAt = `${new Date(Date.now() - 29 * 24 * HOUR).toISOString().slice(0, 16)}Z`
    const basis = { kind: 'consent' as const, consent: await consented(aigul, { heardAt }) }
    await refer(work, aigul, { basis })
    expect(await owed()).toMatchObject([{ what: 'send' }])
    const later = Date.now() + 2 * 24 * HOUR
    expect(await owed(later)).toMatchObject([{ what: 'consent', isLate: true }])
    const [loaded, made] = [await work.load(aigul), await only(aigul)]
    const sending = { to: 'sent', text: '', expectedDay: null } as const
    vi.useFakeTimers({ now: later, toFake: ['Date'] })
    try {
      const sent = sendMark(aigul, loaded, made, sending)
      await expect(sent).rejects.toMatchObject({ code: 'not_allowed' })
    } finally {
      vi.useRealTimers()
    }
  })

  test('One consent is for one referral', async () => {
    const basis = { kind: 'consent' as const, consent: await consented(aigul) }
    await refer(work, aigul, { basis })
    await expect(refer(work, aigul, { basis })).rejects.toMatchObject({ code: 'malformed' })
  })

  test('No consent is without the text that was read, which names the receiver', async () => {
    const { text, ...said } = await consented(aigul)
    const read = { lang: 'ru', text: 'Мы передадим это получателю.' }
    await expect(recordConsent(said, read, SHELTER)).rejects.toMatchObject({ code: 'malformed' })
    expect(await consentTextHash(read)).not.toBe(await consentTextHash({ ...read, lang: 'ky' }))
    expect(fromB64(text.hash)).toHaveLength(32)
  })

  test('A lost answer stores it once, and new letters are read first', async () => {
    const draft = await draftFor(aigul)
    const loaded = await work.load(aigul)
    let lost = 1
    work.edge.wire = async ({ method, path, pass }) => {
      const answer = await pass()
      const isLost = method === 'POST' && path.endsWith('/referrals') && lost-- > 0
      return isLost ? Response.error() : answer
    }
    await expect(sendReferral(aigul, loaded, draft, PAGE)).rejects.toThrow()
    await sendReferral(aigul, loaded, draft, PAGE)
    expect(await referralsIn(work, aigul)).toHaveLength(1)
    await work.writeAgain({ text: 'Жок, токтоткула' })
    const again = { ...draft, basis: (await draftFor(aigul)).basis, text: 'экинчи' }
    await expect(sendReferral(aigul, loaded, again, PAGE)).rejects.toMatchObject({
      code: 'report_grew',
    })
  })
})

describe('a referral at night, when a life is in danger', () => {
  test('It leaves on one signature, and the second one comes after 20 hours', async () => {
    await refer(work, aigul, { basis: LIFE, receiver: POLICE, fields: [...LEAST] })
    await mark('sent')
    const at = Date.now()
    expect(await owed(at + 20 * HOUR)).toMatchObject([{ what: 'second', isLate: false, by: null }])
    await sendSecond(bermet, await work.load(bermet), await only(), 'окудум')
    expect(await only(aigul, at + 30 * HOUR)).toMatchObject({
      ...{ owed: [], doubts: [], second: { text: 'окудум' } },
      signed: { confirmed: { actor: bermet.keys.personId } },
    })
  })

  test('Without the second signature the line is red after 24 hours, and stays', async () => {
    const made = await refer(work, aigul, { basis: LIFE, receiver: POLICE, fields: [...LEAST] })
    await mark('sent')
    const since = made.entry!.at
    const days = (n: number) => Date.parse(since) + n * 24 * HOUR + 60_000
    for (const n of [1, 7, 400])
      expect(await owed(days(n))).toContainEqual({ what: 'second', since, isLate: true, by: null })
    await mark('accepted')
    await mark('revoked')
    expect(await owed(days(1))).toContainEqual(expect.objectContaining({ what: 'second' }))
    await expect(
      sendSecond(aigul, await work.load(aigul), await only(aigul), ''),
    ).rejects.toMatchObject({ code: 'not_allowed' })
  })

  test('Why the person was not told, and when she is, is asked for', async () => {
    const basis = {
      ...LIFE,
      told: { is: 'not_told', why: 'алар угат', on: '2026-12-20' },
    } as const
    await refer(work, aigul, { basis, receiver: POLICE, fields: [...LEAST] })
    const on = Date.parse('2026-12-20T06:00Z')
    expect(await owed(on)).toContainEqual(
      expect.objectContaining({ what: 'tell_person', since: '2026-12-20' }),
    )
    await mark('sent', { expectedDay: null, told: { is: 'told', at: '2026-12-19T10:00Z' } })
    expect((await owed(on)).map(({ what }) => what)).toEqual(['second'])
  })
})

describe('two sign before', () => {
  const CHILD = { kind: 'child', isLifeNow: false, ground: null, told: informed } as const
  test('Under 18 nothing leaves before the second signature, even with consent', async () => {
    const child = { ...CARE, decidedBy: aigul.keys.personId }
    const made = await refer(work, aigul, { isUnder18: 'yes', child })
    expect(made.signed.second).toBe('before')
    expect(made.owed.map(({ what }) => what)).toEqual(['second'])
    await expect(mark('sent')).rejects.toMatchObject({ code: 'record_changed' })
    await sendSecond(bermet, await work.load(bermet), await only(), '')
    await mark('sent')
    expect(await only()).toMatchObject({ doubts: [], signed: { state: 'sent' } })
  })

  test('Two colleagues who sign at once leave one signature', async () => {
    await refer(work, aigul, { isUnder18: 'unknown' })
    const [made, loaded] = [await only(), await work.load(bermet)]
    await sendSecond(bermet, loaded, made, '')
    await expect(sendSecond(bermet, loaded, made, 'дагы')).rejects.toMatchObject({
      code: 'record_changed',
    })
  })

  test('Who signs, by kind and age', async () => {
    const of = async (rest: Parameters<typeof entryFor>[1]) => needOf(await entryFor(aigul, rest))
    const order = { kind: 'order', ...{ number: '1', day: '2026-12-01', broughtBy: 'x' } } as const
    const ordered = { ...order, lawyer: 'asked', ground: null, told: informed } as const
    expect(await of({})).toBe('none')
    expect(await of({ isUnder18: 'unknown' })).toBe('before')
    expect(await of({ isUnder18: 'yes' })).toBe('before')
    expect(await of({ basis: LIFE })).toBe('after')
    expect(await of({ basis: LIFE, isUnder18: 'yes' })).toBe('after')
    expect(await of({ basis: CHILD, isUnder18: 'yes' })).toBe('before')
    expect(await of({ basis: { ...CHILD, isLifeNow: true }, isUnder18: 'yes' })).toBe('after')
    expect(await of({ basis: ordered })).toBe('before')
  })
})

describe('a rule', () => {
  const facts = (role: PersonRole | null = null, grounds: readonly string[] = []) => ({
    ...{ roleOf: () => role, grounds, used: new Set<string>(), isListed: () => false },
  })
  const broken = async (
    rest: Parameters<typeof entryFor>[1],
    by = facts(),
  ): Promise<readonly string[]> => brokenRules(await entryFor(aigul, rest), by)
  const care = (rest: object = {}) => ({ ...CARE, decidedBy: aigul.keys.personId, ...rest })
  const place = { caseId: 'AAAAAAAAAAAAAAAAAAAAAA', record: 1 }
  const fields = (...some: ReferralField[]) => ({ fields: some })

  test('The extra questions are asked for a child and for nobody else', async () => {
    expect(await broken({ isUnder18: 'yes' })).toEqual(['child_questions'])
    expect(await broken({ child: care() })).toEqual(['child_questions'])
    expect(await broken({ isUnder18: 'yes', child: care() })).toEqual([])
  })

  test('A parent consents for a child, and only without another role in the case', async () => {
    const consent = await consented(aigul, { by: 'parent', parent: place })
    const of = { basis: { kind: 'consent', consent }, isUnder18: 'yes', child: care() } as const
    expect(await broken(of, facts('relative'))).toEqual([])
    for (const role of ['suspect', 'witness', 'victim', 'other', null] as const)
      expect(await broken(of, facts(role))).toEqual(['parent'])
    const adult = { basis: of.basis, isUnder18: 'no' } as const
    expect(await broken(adult, facts('relative'))).toEqual(['parent'])
  })

  test('A consent is neither of the future nor older than 30 days', async () => {
    for (const heardAt of ['2999-01-01T00:00Z', '2026-01-01T00:00Z']) {
      const consent = await consented(aigul, { heardAt })
      expect(await broken({ basis: { kind: 'consent', consent } })).toEqual(['consent_time'])
    }
  })

  test('Other people leave with their own consent, once each', async () => {
    const other = { person: place, consent: await consented(aigul) }
    expect(await broken({ others: [other] })).toEqual([])
    expect(await broken({ others: [other, other] })).toEqual(['others'])
    expect(await broken({ others: [other], person: place })).toEqual(['others'])
    expect(await broken({ basis: LIFE, others: [other], ...fields('place') })).toEqual(['others'])
  })

  test('When a life is in danger only the least leaves', async () => {
    expect(await broken({ basis: LIFE, ...fields(...LEAST) })).toEqual([])
    for (const field of ['letters', 'notes', 'summary', 'contact', 'photograph'] as const)
      expect(await broken({ basis: LIFE, ...fields('place', field) })).toEqual(['least'])
  })

  test('Only an office of the state gets a recruiter, or an order', async () => {
    expect(await broken(fields('recruiter'))).toEqual(['authority'])
    expect(await broken({ ...fields('recruiter'), receiver: POLICE })).toEqual([])
  })

  test('A photograph, school or village of a child is ticked by itself', async () => {
    for (const field of ['photograph', 'school', 'village'] as const) {
      const of = { isUnder18: 'yes', ...fields('name', field) } as const
      expect(await broken({ ...of, child: care() })).toEqual(['ticked'])
      expect(await broken({ ...of, child: care({ ticked: [field] }) })).toEqual([])
    }
  })

  test('Nobody tells a carer who is not known to be safe', async () => {
    const of = (isCarerSafe: 'yes' | 'no' | 'unknown') => ({
      ...{ isUnder18: 'yes' as const, child: care({ mayCarerKnow: true, isCarerSafe }) },
    })
    expect(await broken(of('unknown'))).toEqual(['carer'])
    expect(await broken(of('no'))).toEqual(['carer'])
    expect(await broken(of('yes'))).toEqual([])
  })

  test('A ground is of the lawyer’s list, and none only while it is empty', async () => {
    const by = { basis: LIFE, ...fields('place') }
    const grounded = { ...by, basis: { ...LIFE, ground: 'life' } }
    expect(await broken(by)).toEqual([])
    expect(await broken(grounded)).toEqual(['ground'])
    expect(await broken(by, facts(null, ['life']))).toEqual(['ground'])
    expect(await broken(grounded, facts(null, ['life']))).toEqual([])
  })

  test('A receiver of the list is one that the ledger names with this record', async () => {
    const listed = { id: place.caseId, recordHash: toB64(new Uint8Array(32)) }
    const receiver = { ...SHELTER, listed }
    expect(await broken({ receiver })).toEqual(['receiver'])
    expect(await broken({ receiver }, { ...facts(), isListed: () => true })).toEqual([])
    await expect(refer(work, aigul, { receiver })).rejects.toMatchObject({ code: 'malformed' })
  })

  test('A person whose record says 15 is a child, whatever the form says', async () => {
    const { sealed } = await work.load(aigul)
    const child = personFrom({ ...NOBODY_YET, name: 'Айпери', age: '15' })
    await writeIn(aigul, sealed).record({ record: 1, revision: 1 }, child)
    const person = { caseId: work.id, record: 1 }
    for (const isUnder18 of ['no', 'unknown'] as const)
      await expect(refer(work, aigul, { person, isUnder18 })).rejects.toMatchObject({
        code: 'malformed',
      })
    const loaded = await work.load(aigul)
    expect(factsOf(loaded, person, String).isKnownChild).toBe(true)
    expect(factsOf(loaded, null, String).isKnownChild).toBe(false)
  })

  test.each([
    ['the age', { age: '15' }],
    ['the classification', { classes: { ...UNCLASSIFIED, under18: 'yes' as const } }],
    ['the band', { classes: { ...UNCLASSIFIED, ageBand: 'under18' as const } }],
  ])('A referral of before says that %s made its person a child', async (_, rest) => {
    const person = { caseId: work.id, record: 1 }
    const set = async (revision: number, change: object) =>
      writeIn(aigul, (await work.load(aigul)).sealed).record(
        { record: 1, revision },
        { ...personFrom({ ...NOBODY_YET, name: 'Айпери', age: '24' }), ...change },
      )
    await set(1, {})
    await refer(work, aigul, { person })
    const unknown = await refer(work, aigul, { person, isUnder18: 'unknown' })
    const life = await refer(work, aigul, { person, basis: LIFE, fields: ['place'] })
    const of = async () => {
      const loaded = await work.load(bermet)
      return { loaded, all: await loadReferrals(bermet.roster, loaded, Date.now()) }
    }
    const before = await of()
    expect(before.all.map((each) => isChildSince(before.loaded, each))).toEqual([
      ...[false, false, false],
    ])
    await set(2, rest)
    const { loaded, all } = await of()
    expect(all.map((each) => isChildSince(loaded, each))).toEqual([true, true, true])
    expect(all.map((each) => isHeldForChild(loaded, each))).toEqual([true, true, false])
    const sent = { to: 'sent', text: '', expectedDay: '2026-12-24' } as const
    await expect(sendMark(bermet, loaded, all[0]!, sent)).rejects.toMatchObject({
      code: 'malformed',
    })
    await expect(sendSecond(bermet, loaded, all[1]!, '')).rejects.toMatchObject({
      code: 'malformed',
    })
    expect([unknown.signed.second, life.signed.second]).toEqual(['before', 'after'])
    // Neither a revocation nor a referral for danger to life waits for the second signature.
    await sendMark(bermet, loaded, all[0]!, { to: 'revoked', text: '' })
    const again = await of()
    await sendMark(bermet, again.loaded, again.all[2]!, sent)
  })

  test('An entry that breaks a rule is not signed', async () => {
    const draft = await draftFor(aigul, { isUnder18: 'yes' })
    await expect(sendReferral(aigul, await work.load(aigul), draft, PAGE)).rejects.toMatchObject({
      code: 'malformed',
    })
    expect((await work.stored()).log.at(-1)?.statement).not.toContain('referral')
  })
})

test('A row that asks for fewer signatures than its entry is red, and not seconded', async () => {
  // A colleague has manipulated the app: the entry needs two signatures, but the row requires none.
  const { sendEntry } = await import('#site/staff/case/write/send-entry.ts')
  const { sendAction } = await import('#site/staff/api/send-action.ts')
  const good = await refer(work, aigul)
  const entry = { ...good.entry!, isUnder18: 'unknown' as const, text: 'башка' }
  const loaded = await work.load(aigul)
  await sendEntry(aigul, loaded.sealed, entry, {
    row: (made) => ({
      ...({ action: 'referral.make', subject: work.id } as const),
      change: {
        ...{ ...made, followUps: 0, absorbed: 0 },
        ...({ fileHash: good.signed.fileHash, second: 'none' } as const),
      },
    }),
    send: (body) => sendAction('referral.make', body, work.id),
  })
  const [, odd] = await referralsIn(work, bermet)
  expect(odd?.doubts).toEqual(expect.arrayContaining(['second', 'consent_used']))
  await expect(sendSecond(bermet, await work.load(bermet), odd!, '')).rejects.toMatchObject({
    code: 'cannot_open',
  })
  // The edge reads only the row, so the browser must withhold the file.
  const step = { to: 'sent', text: '', expectedDay: '2026-12-10' } as const
  await expect(sendMark(bermet, await work.load(bermet), odd!, step)).rejects.toMatchObject({
    code: 'cannot_open',
  })
  await writeIn(bermet, (await work.load(bermet)).sealed).entry({
    ...({ v: 1, kind: 'note', at: '2026-12-01T10:00Z', text: 'the case goes on' } as const),
  })
})

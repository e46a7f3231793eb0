import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { readReceipt, receiptKeys } from '#protocol/report/receipt'
import { LetterEnter } from '#protocol/staff/case-log/changes'
import { NO_ROW, type SignedChange } from '#protocol/staff/chain'
import { Statement } from '#protocol/staff/statement'
import { conversationOf } from '#site/staff/case/read/conversation.ts'
import { isTestLetter } from '#site/staff/case/read/entered-by.ts'
import { openAll } from '#site/staff/case/read/load-report.ts'
import { emptyLetter, lettersDraft, type LetterFields } from '#site/staff/case/write/letter-form.ts'
import { sealingKeysIn, sealLetter } from '#site/staff/case/write/seal-letter.ts'
import { prepareLetter, sendLetter } from '#site/staff/case/write/send-letter.ts'
import { contentHash, openReport } from '#site/staff/crypto/open-report.ts'
import { ownsReceipt } from '#site/staff/crypto/prove-letters.ts'
import { openedWith, staffed, type Staffed } from '../support/people.ts'

let staff: Staffed
beforeAll(async () => {
  staff = await staffed()
})
afterEach(() => vi.unstubAllGlobals())

const rosterEpoch = ({ me }: Staffed, retiredDay: string | null = null) => ({
  epochs: new Map([
    [1, { epoch: 1, manifest: me.manifest, openedBy: '', row: 1, retiredDay, hasEnded: false }],
  ]),
})
const letter = (changes: Partial<LetterFields> = {}): LetterFields => ({
  ...emptyLetter('ru'),
  text: 'Звонила сестра: паспорт у хозяина',
  danger: true,
  contact: { avoid: ' не звонить ', how: '', when: 'ночью', name: '', word: '' },
  ...changes,
})
const seal = async (changes: Partial<LetterFields> = {}) =>
  sealLetter(
    await sealingKeysIn(rosterEpoch(staff), staff.org.hybridKey, Date.now()),
    letter(changes),
    staff.me.id,
  )

describe('sealing', () => {
  test('A reader opens an entered letter, sealed by suite 2, and finds its author', async () => {
    const sealed = await seal()
    const { report, header, id } = await openReport(staff.keys.intake, fromB64(sealed.envelope))
    expect(report).toMatchObject({
      text: 'Звонила сестра: паспорт у хозяина',
      lang: 'ru',
      by: staff.me.id,
      contact: { avoid: 'не звонить', when: 'ночью' },
    })
    expect(report.contact).not.toHaveProperty('how')
    expect(report.consent).toBeUndefined()
    expect(header).toMatchObject({ kind: KIND.helpForMe, danger: true, suite: 2 })
    expect(id).toBe(sealed.id)
    expect(await contentHash(sealed.envelope)).toBe(sealed.contentHash)
  })

  test('Answers about people are sealed with the letter, skipped ones are not', async () => {
    const of = async (changes: Partial<LetterFields>) =>
      (await openReport(staff.keys.intake, fromB64((await seal(changes)).envelope))).report
    expect(await of({ people: '6-20', under18: 'yes' })).toMatchObject({
      ...{ people: '6-20', under18: 'yes' },
    })
    expect([emptyLetter('ru').people, emptyLetter('ru').under18]).toEqual([null, null])
    const skipped = await of({})
    expect([skipped.people, skipped.under18]).toEqual([undefined, undefined])
  })

  test('The number that is read out owns the letter', async () => {
    const sealed = await seal()
    expect(readReceipt(sealed.receipt)).toEqual({ receipt: sealed.receipt })
    const opened = await openReport(staff.keys.intake, fromB64(sealed.envelope))
    expect(await ownsReceipt(opened)).toBe(true)
    const keys = await receiptKeys(sealed.receipt)
    expect(opened.report.down).toBe(toB64(keys.down))
    expect(opened.header.writeHash).toEqual(await sha256(keys.write))
  })

  test('A letter without a number has no key for a reply', async () => {
    const sealed = await seal({ hasNumber: false })
    const { report } = await openReport(staff.keys.intake, fromB64(sealed.envelope))
    expect([sealed.receipt, report.down, report.up]).toEqual(['', undefined, undefined])
  })

  test('A letter without words, or with too many, is refused and not sealed', async () => {
    await expect(seal({ text: ' \n ' })).rejects.toMatchObject({ code: 'text_empty' })
    await expect(seal({ text: 'ы'.repeat(6001) })).rejects.toMatchObject({ code: 'text_too_long' })
  })

  test('Nothing is sealed to another key than the ledger names, nor to a retired one', async () => {
    const now = Date.now()
    const other = staff.org.hybridKey.slice().reverse()
    await expect(sealingKeysIn(rosterEpoch(staff), other, now)).rejects.toMatchObject({
      code: 'unavailable',
    })
    for (const roster of [rosterEpoch(staff, '2026-11-01'), { epochs: new Map() }])
      await expect(sealingKeysIn(roster, staff.org.hybridKey, now)).rejects.toMatchObject({
        code: 'manifest_expired',
      })
  })
})

describe('sending', () => {
  /** Imitates an edge that stores a letter and may then lose the response. */
  function edgeThat(losesResponse: boolean) {
    const stored: { signed: SignedChange; envelope: string }[] = []
    let head = toB64(NO_ROW)
    vi.stubGlobal('fetch', (path: string, { body }: RequestInit) => {
      if (path.endsWith('/epochs/hybrid'))
        return Promise.resolve(Response.json({ hybridKey: toB64(staff.org.hybridKey) }))
      if (path.endsWith('/head')) return Promise.resolve(Response.json({ head }))
      stored.push(JSON.parse(body as string) as (typeof stored)[number])
      head = toB64(new Uint8Array(32).fill(1))
      return losesResponse
        ? Promise.reject(new TypeError('lost'))
        : Promise.resolve(Response.json({}, { status: 201 }))
    })
    return stored
  }

  test('The first row of the case names the letter, and its author signed it', async () => {
    const stored = edgeThat(false)
    const sealed = await prepareLetter(staff.keys, rosterEpoch(staff), letter())
    await sendLetter(staff, sealed)
    const [sent] = stored
    const said = Statement.parse(JSON.parse(sent?.signed.statement ?? ''))
    expect(said).toMatchObject({
      action: 'letter.enter',
      subject: sealed.id,
      actor: staff.me.id,
      prev: toB64(NO_ROW),
    })
    expect(LetterEnter.parse(JSON.parse(sent?.signed.change ?? ''))).toEqual({
      contentHash: sealed.contentHash,
    })
    expect(sent?.envelope).toBe(sealed.envelope)
  })

  test('A second try after a lost response stores nothing twice', async () => {
    const stored = edgeThat(true)
    const sealed = await prepareLetter(staff.keys, rosterEpoch(staff), letter())
    await expect(sendLetter(staff, sealed)).rejects.toMatchObject({ code: 'network' })
    await sendLetter(staff, sealed)
    expect(stored).toHaveLength(1)
  })
})

describe('in the case', () => {
  const rowFor = (contentHash: string, subject: string, actor: string) => ({
    change: JSON.stringify({ contentHash }),
    statement: JSON.stringify({
      ...{ v: 2, actor, action: 'letter.enter', subject, at: '2026-11-24' },
      ...{ changeHash: toB64(NO_ROW), prev: toB64(NO_ROW) },
    }),
    signature: 'A'.repeat(86),
  })
  const writerOf = async (log: ReturnType<typeof rowFor>[], changes = {}) => {
    const { id, envelope, contentHash } = await seal(changes)
    const filed = { id, envelope: fromB64(envelope) }
    const stored = { ...openedWith({ ...filed, receipt: NONE, ownerHash: NO_ROW }), log }
    if (log.length === 0) stored.log = [rowFor(contentHash, id, staff.me.id)]
    return conversationOf(await openAll(staff, stored))[0]?.by
  }
  const NONE = { lookup: NO_ROW, write: NO_ROW, down: NO_ROW, up: NO_ROW }

  test('The letter names the colleague who wrote it down', async () => {
    expect(await writerOf([])).toBe(staff.me.id)
  })

  test('A letter is a test only with a mark, and with the signed row of a colleague', async () => {
    const isTest = async (mark: { test?: true }, hasRow: boolean): Promise<boolean> => {
      const keys = await sealingKeysIn(rosterEpoch(staff), staff.org.hybridKey, Date.now())
      const { id, envelope, contentHash } = await sealLetter(keys, letter(), staff.me.id, mark)
      const filed = { id, envelope: fromB64(envelope), receipt: NONE, ownerHash: NO_ROW }
      const log = hasRow ? [rowFor(contentHash, id, staff.me.id)] : []
      const { sealed, first } = await openAll(staff, { ...openedWith(filed), log })
      return isTestLetter(sealed, first)
    }
    expect(await isTest({ test: true }, true)).toBe(true)
    expect(await isTest({}, true)).toBe(false)
    // Anybody can seal the mark and a colleague's id.
    expect(await isTest({ test: true }, false)).toBe(false)
  })

  test('A row about another letter, or of another colleague, names nobody', async () => {
    const other = 'B'.repeat(22)
    expect(await writerOf([rowFor(toB64(NO_ROW), other, staff.me.id)])).toBeNull()
    expect(await writerOf([rowFor(toB64(NO_ROW), other, other)])).toBeNull()
  })
})

describe('the draft', () => {
  test('A draft is read again as it was written, and a broken one begins empty', () => {
    const written = letter({ place: 'Ош', kind: KIND.tip })
    expect(lettersDraft(JSON.stringify(written), 'ky')).toEqual(written)
    expect(lettersDraft('{"kind":9}', 'ky')).toEqual(emptyLetter('ky'))
    expect(lettersDraft('', 'en')).toEqual(emptyLetter('en'))
  })
})

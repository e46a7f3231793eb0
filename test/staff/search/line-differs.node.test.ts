// Tests that a line of the list is marked when a server shows a state that staff did not sign.
import { beforeAll, expect, test } from 'vitest'
import { fromB64, randomBytes } from '#protocol/bytes'
import { caseFactsIn, factsHash } from '#protocol/staff/case-log/facts'
import { type CaseLeaf } from '#protocol/staff/ledger/checkpoint-leaves'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import { NO_ROW } from '#protocol/staff/chain'
import type { QueueItem } from '#protocol/staff/list/queue'
import { lineDiffers } from '#site/staff/search/line-differs.ts'
import { readSigned, type ReadState } from '#site/staff/search/signed-state.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { sealedCaseOf } from '#test/protocol/support/sealed-case.ts'
import { colleagues } from '../support/colleagues.ts'
import { workedCases } from '../support/worked-case.ts'

let item: QueueItem
let read: { rows: number; signed: ReadState | null }
let leaf: CaseLeaf

beforeAll(async () => {
  const team = await colleagues()
  const { aigul } = team
  const [work] = await workedCases(team, ['Мени батирде кармап турушат'])
  if (!work) throw new Error('no case')
  await work.openAndTake(aigul)
  await sendStatus(aigul, await work.load(aigul), 'in_progress')
  const stored = await work.stored()
  const { rows } = stored.item
  item = stored.item
  const sealed = { ...sealedCaseOf(stored), extent: { followUps: 0, rows } }
  read = { rows, signed: (await readSigned(sealed))?.state ?? null }
  const log = await replayCaseLog(stored.log, { caseId: work.id, roster: aigul.roster })
  const facts = await factsHash(work.id, caseFactsIn(log))
  leaf = { caseId: fromB64(work.id), n: rows, hash: log.head, facts }
})

const differs = (shown: Partial<QueueItem>): boolean =>
  lineDiffers({ ...item, ...shown }, read, leaf)

test('A line in the signed state has no mark', () => {
  expect(item.status).toBe('in_progress')
  expect(differs({})).toBe(false)
})

test('R38: A line with another status, reason or danger is marked', () => {
  expect(differs({ status: 'new' })).toBe(true)
  expect(differs({ status: 'closed', closeReason: 'spam' })).toBe(true)
  expect(differs({ closeReason: 'helped' })).toBe(true)
  const signed = read.signed && { ...read.signed, danger: true, dangerFollowUps: 0 }
  expect(lineDiffers({ ...item, danger: false }, { ...read, signed }, leaf)).toBe(true)
})

test('R38: A line whose case shows other keys or records than the leaf has is marked', () => {
  expect(lineDiffers(item, read, { ...leaf, facts: randomBytes(32) })).toBe(true)
  expect(lineDiffers(item, { ...read, signed: null }, leaf)).toBe(true)
})

test('A letter of the person may set a case to new, and say danger', () => {
  expect(differs({ status: 'new', followUps: 1 })).toBe(false)
  expect(differs({ danger: true, followUps: 1 })).toBe(false)
})

test('A merge may reopen a case, and never closes it', () => {
  expect(differs({ status: 'new', absorbed: 1 })).toBe(false)
  expect(differs({ status: 'closed', closeReason: 'helped', absorbed: 1 })).toBe(true)
})

test('Nothing is said of a case that has grown since the checkpoint or is not read yet', () => {
  expect(differs({ rows: item.rows + 1, status: 'closed', closeReason: 'spam' })).toBe(false)
  expect(lineDiffers({ ...item, status: 'new' }, undefined, leaf)).toBe(false)
  // A colleague has changed the case since the list was loaded, and a checkpoint has been signed.
  const loadedBefore = { ...item, rows: item.rows - 1, status: 'new' } as const
  expect(lineDiffers(loadedBefore, read, leaf)).toBe(false)
  expect(lineDiffers({ ...item, status: 'new' }, read, undefined)).toBe(false)
  expect(lineDiffers({ ...item, status: 'new' }, read, { ...leaf, facts: NO_ROW })).toBe(false)
})

import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { minuteOf } from '#protocol/time'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { closeCase, type Closing } from '#site/staff/case/write/close-case.ts'
import { type Filed } from '../../support/people.ts'
import { Casework } from './support.ts'

let work: Casework
let told: Filed
beforeEach(async () => {
  work = await Casework.begin()
  told = await work.tell('Мени урушту', {}, { danger: true })
  await work.open(work.aigul, told.id)
})
afterAll(() => vi.unstubAllGlobals())

const { notes } = Casework
const helped: Closing = { reason: 'helped', dangerOver: '', other: '' }
const close = (closing: Closing, stored = new Set<string>()): Promise<void> =>
  work.act(work.aigul, told.id, (by, loaded) => closeCase(by, loaded, closing, stored))

test('A case in danger is closed only with words about how the danger ended', async () => {
  await expect(close(helped)).rejects.toMatchObject({ code: 'text_empty' })
  expect((await work.log(told.id)).entries.size).toBe(0)
  await close({ ...helped, dangerOver: 'Үйүндө, эжеси айтты, дүйшөмбүдөн бери' })
  const read = await work.open(work.bermet, told.id)
  expect([read.item.status, read.danger]).toEqual(['closed', false])
  expect(notes(read)).toEqual(['Үйүндө, эжеси айтты, дүйшөмбүдөн бери'])
  expect(await work.check(told.id)).toMatchObject({ fault: null, missing: 0, dangerDiffers: false })
})

test('A second closing with the same words lifts the danger again', async () => {
  const [stored, dangerOver] = [new Set<string>(), 'Коопсуз жерде, өзү айтты']
  await close({ ...helped, dangerOver }, stored)
  await work.act(work.aigul, told.id, (by, loaded) => sendStatus(by, loaded, 'in_progress'))
  await work.act(work.aigul, told.id, (by, loaded) =>
    writeIn(by, loaded.sealed).danger({
      ...{ v: 1, kind: 'danger', at: minuteOf(Date.now()) },
      ...{ text: 'Кайра урушту', isDanger: true },
    }),
  )
  expect((await work.open(work.aigul, told.id)).danger).toBe(true)
  await close({ ...helped, dangerOver }, stored)
  expect((await work.open(work.aigul, told.id)).danger).toBe(false)
})

test('A joke and a test ask for no danger', async () => {
  await close({ ...helped, reason: 'spam' })
  expect(await work.log(told.id)).toMatchObject({ status: 'closed', closeReason: 'spam' })
})

test('Another reason takes words, which a second try does not store again', async () => {
  const other = {
    reason: 'other',
    dangerOver: 'Коркунуч өттү, өзү жазды',
    other: 'Көчүп кетти',
  } as const
  await expect(close({ ...other, other: ' ' })).rejects.toMatchObject({ code: 'text_empty' })
  const stored = new Set<string>()
  const answer = globalThis.fetch
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) =>
    path.endsWith('/status') ? Promise.reject(new TypeError('offline')) : answer(path, init),
  )
  await expect(close(other, stored)).rejects.toMatchObject({ code: 'network' })
  vi.stubGlobal('fetch', answer)
  await close(other, stored)
  const read = await work.open(work.bermet, told.id)
  expect(read.item).toMatchObject({ status: 'closed', closeReason: 'other' })
  expect(notes(read)).toEqual([other.dangerOver, other.other])
})

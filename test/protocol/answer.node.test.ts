import { expect, test } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { inboxBody, openAnswer, sealAnswer } from '#protocol/answer'
import { ANSWER_BYTES, MAX_ANSWER_BYTES } from '#protocol/limits'
import { dayOf, hasWords, minuteOf } from '#protocol/report'

const down = randomBytes(32)
const lookupHash = randomBytes(32)
const answer = { v: 1 as const, at: '2026-11-24T21:05Z', text: 'Биз сизге жардам беребиз' }

test('an answer opens in its own slot with its own key, and nowhere else', async () => {
  const bytes = await sealAnswer(down, lookupHash, 3, answer)
  expect(bytes).toHaveLength(ANSWER_BYTES)
  expect(await openAnswer(down, lookupHash, 3, bytes)).toEqual(answer)
  expect(await openAnswer(down, lookupHash, 2, bytes)).toBeNull()
  expect(await openAnswer(randomBytes(32), lookupHash, 3, bytes)).toBeNull()
  expect(await openAnswer(down, randomBytes(32), 3, bytes)).toBeNull()
  expect(await openAnswer(down, lookupHash, 3, randomBytes(ANSWER_BYTES))).toBeNull()
})

test('R3: answers have one length whatever they say, up to the longest', async () => {
  const room = MAX_ANSWER_BYTES - JSON.stringify({ ...answer, text: '' }).length
  const longest = { ...answer, text: 'a'.repeat(room) }
  for (let length = 0; length <= room; length += 13)
    expect(
      await sealAnswer(down, lookupHash, 0, { ...answer, text: 'a'.repeat(length) }),
    ).toHaveLength(ANSWER_BYTES)
  expect(await sealAnswer(down, lookupHash, 0, longest)).toHaveLength(ANSWER_BYTES)
  await expect(
    sealAnswer(down, lookupHash, 0, { ...answer, text: longest.text + 'a' }),
  ).rejects.toMatchObject({ code: 'text_too_long' })
})

test('asking for a slot sends 20 bytes', () => {
  expect(inboxBody(randomBytes(16), 0)).toHaveLength(20)
})

test('words and digits of any script count as words; signs and pictures alone do not', () => {
  for (const text of ['SOS', '1', 'жардам', 'Өңү', 'დახმარება', '救命', 'مساعدة', '🙏 help'])
    expect(hasWords(text), text).toBe(true)
  for (const text of ['', '  \n', '🙏🙏', '...!?', '❤️', '—«»'])
    expect(hasWords(text), text).toBe(false)
})

test('times are cut to the minute and to the day', () => {
  const ms = Date.UTC(2026, 10, 24, 21, 5, 59)
  expect(minuteOf(ms)).toBe('2026-11-24T21:05Z')
  expect(dayOf(ms)).toBe('2026-11-24')
})

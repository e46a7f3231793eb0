import { dayOf, minuteOf } from '#protocol/time'
import { expect, test } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { inboxBody, openReply, sealReply } from '#protocol/report/reply'
import { REPLY_BYTES, MAX_REPLY_BYTES } from '#protocol/limits'
import { hasWords } from '#protocol/report/plain-report'

const down = randomBytes(32)
const ownerHash = randomBytes(32)
const reply = { v: 1 as const, at: '2026-11-24T21:05Z', text: 'Биз сизге жардам беребиз' }

test('A reply opens only at its own index with its own key and lookup hash', async () => {
  const bytes = await sealReply(down, ownerHash, 3, reply)
  expect(bytes).toHaveLength(REPLY_BYTES)
  expect(await openReply(down, ownerHash, 3, bytes)).toEqual(reply)
  expect(await openReply(down, ownerHash, 2, bytes)).toBeNull()
  expect(await openReply(randomBytes(32), ownerHash, 3, bytes)).toBeNull()
  expect(await openReply(down, randomBytes(32), 3, bytes)).toBeNull()
  expect(await openReply(down, ownerHash, 3, randomBytes(REPLY_BYTES))).toBeNull()
})

test('R3: Every reply has one length, and a longer text gets text_too_long', async () => {
  const room = MAX_REPLY_BYTES - JSON.stringify({ ...reply, text: '' }).length
  const longest = { ...reply, text: 'a'.repeat(room) }
  for (let length = 0; length <= room; length += 13)
    expect(
      await sealReply(down, ownerHash, 0, { ...reply, text: 'a'.repeat(length) }),
    ).toHaveLength(REPLY_BYTES)
  expect(await sealReply(down, ownerHash, 0, longest)).toHaveLength(REPLY_BYTES)
  await expect(
    sealReply(down, ownerHash, 0, { ...reply, text: longest.text + 'a' }),
  ).rejects.toMatchObject({ code: 'text_too_long' })
})

test('The body of a question to the inbox has 20 bytes', () => {
  expect(inboxBody(randomBytes(16), 0)).toHaveLength(20)
})

test('Any sign counts as words, even a picture sign or a point; spaces alone do not', () => {
  for (const text of ['SOS', '1', 'Өңү', 'დახმარება', '救命', 'مساعدة', '🆘', '!', '❤️', '\ud83d'])
    expect(hasWords(text), text).toBe(true)
  for (const text of ['', '  \n', '\t\r\n', '\u00a0\u2003\u3000\ufeff'])
    expect(hasWords(text), text).toBe(false)
})

test('A time is cut to the minute and to the day', () => {
  const ms = Date.UTC(2026, 10, 24, 21, 5, 59)
  expect(minuteOf(ms)).toBe('2026-11-24T21:05Z')
  expect(dayOf(ms)).toBe('2026-11-24')
})

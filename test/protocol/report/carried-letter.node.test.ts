import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import {
  countsOf,
  cutEnvelope,
  envelopeOf,
  sendCarriedLetters,
  remainingText,
  missingOf,
  readCarriedLetters,
} from '#protocol/report/carried-letter'
import { ENVELOPE_SIZES } from '#protocol/limits'

const only = (text: string) => {
  const [letter, ...more] = readCarriedLetters(text).letters
  if (!letter || more.length) throw new Error(`${String(more.length)} letters`)
  return letter
}

test.each(ENVELOPE_SIZES)(
  'An envelope of %i bytes is restored from its pieces in any order',
  async (size) => {
    for (const room of [734, 3300]) {
      const envelope = randomBytes(size)
      const pieces = await cutEnvelope(envelope, room)
      expect(pieces.every((piece) => /^[0-9A-Z/]+$/.test(piece))).toBe(true)
      const letter = only(pieces.reverse().join(' '))
      expect(missingOf(letter)).toEqual([])
      expect(await envelopeOf(letter)).toEqual(envelope)
    }
  },
)

test('A letter survives the quotes, line breaks and lower case that a messenger adds', async () => {
  const envelope = randomBytes(4096)
  const [first = '', second = ''] = await cutEnvelope(envelope, 3300)
  const broken = first.replace(/.{37}/g, '$&\r\n> ')
  const chat =
    `**Айгүл**, [25.11.2026 10:12]\nhttps://a.example/ky/send/\n\n${broken}\n` +
    `\u200e_Бакыт_:\n\`${second.toLowerCase()}\`ушул`
  expect(await envelopeOf(only(chat))).toEqual(envelope)
})

test('A letter names its missing, cut or changed piece and gives no envelope', async () => {
  const pieces = await cutEnvelope(randomBytes(4096), 734)
  const third = pieces[2] ?? ''
  for (const damaged of [
    '',
    third.slice(0, -30),
    third.replace(
      /(.{300})(.)/,
      (_, before: string, character: string) => before + (character === '7' ? '8' : '7'),
    ),
  ]) {
    const letter = only([...pieces.slice(0, 2), damaged, ...pieces.slice(3)].join('\n'))
    expect(missingOf(letter)).toEqual([3])
    await expect(envelopeOf(letter)).rejects.toMatchObject({ code: 'letter_incomplete' })
  }
})

test('Pieces of two letters in one text give both envelopes', async () => {
  const envelopes = ENVELOPE_SIZES.slice(0, 2).map((size) => randomBytes(size))
  const cut = await Promise.all(envelopes.map((envelope) => cutEnvelope(envelope, 734)))
  const { letters } = readCarriedLetters(cut.flat().sort().join('\n'))
  expect(await Promise.all(letters.map(envelopeOf))).toEqual(expect.arrayContaining(envelopes))
})

test('Pieces under a wrong letter id are refused with letter_unreadable', async () => {
  const pieces = await cutEnvelope(randomBytes(4096), 734)
  const renamed = pieces.map((piece) => piece.replace(/^Q\/\w{8}/, 'Q/00000000'))
  await expect(envelopeOf(only(renamed.join('\n')))).rejects.toMatchObject({
    code: 'letter_unreadable',
  })
})

test('A piece that was cut before its end does not spoil the next piece', async () => {
  const [first = '', second = ''] = await cutEnvelope(randomBytes(4096), 3300)
  const letter = only(`${first.slice(0, 2000)}Q\n${second}`)
  expect(missingOf(letter)).toEqual([1])
  expect(missingOf(only(first.slice(0, 20)))).toEqual([1, 2])
})

test('A text of 1,000 pieces is read up to the limit, and the rest is kept for later', async () => {
  const [piece = ''] = await cutEnvelope(randomBytes(4096), 734)
  const many = Array.from({ length: 1000 }, (_, at) =>
    piece.replace(/^Q\/\w{8}/, `Q/${String(at).padStart(8, '0')}`),
  )
  const { letters, unread } = readCarriedLetters(many.join(' '))
  expect(letters.length).toBeLessThan(402)
  expect(readCarriedLetters(unread).letters[0]?.id).toBe(String(letters.length).padStart(8, '0'))
})

test('Letters that did not arrive are counted and returned, waiting letters first', async () => {
  const cut = await Promise.all(
    Array.from({ length: 6 }, () => cutEnvelope(randomBytes(4096), 3300)),
  )
  const ids = cut.map(([first = '']) => first.slice(2, 10))
  // The first letter is incomplete, the second is refused, and the third and fourth arrive. The
  // other letters are beyond the limit.
  const read = readCarriedLetters([cut[0]?.[1], ...cut.slice(1).flat()].join('\n'))
  const { on, refusal } = await sendCarriedLetters(read, 3, ({ id }) =>
    id === ids[1] ? Promise.reject(new Refusal('epoch_retired')) : Promise.resolve(true),
  )
  expect(countsOf(on)).toEqual({ arrived: 2, waiting: 2, incomplete: 1, refused: 1 })
  expect(refusal?.code).toBe('epoch_retired')
  const again = readCarriedLetters(remainingText(on)).letters
  expect(again.map(({ id }) => id)).toEqual([ids[4], ids[5], ids[0], ids[1]])
  expect(again.map(missingOf)).toEqual([[], [], [1], []])
})

test('When no letter can be sent, one letter is tried and all whole letters wait', async () => {
  const cut = await Promise.all([1, 2].map(() => cutEnvelope(randomBytes(4096), 3300)))
  const tried: string[] = []
  const { on } = await sendCarriedLetters(readCarriedLetters(cut.flat().join(' ')), 9, ({ id }) => {
    tried.push(id)
    return Promise.resolve(false)
  })
  expect(countsOf(on)).toEqual({ arrived: 0, waiting: 2, incomplete: 0, refused: 0 })
  expect(tried).toHaveLength(1)
  expect(remainingText(on).replace(/\s+/g, ' ')).toBe(cut.flat().join(' '))
})

test('No text makes readCarriedLetters throw, and a text without a piece has no letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readCarriedLetters(text).letters).toEqual([])
    }),
  )
  expect(readCarriedLetters('Q/ABCDEFGH/9/2/00/00/ Q/ABCDEFGH/0/2/00/00/').letters).toEqual([])
})

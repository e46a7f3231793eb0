import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import {
  countsOf,
  cutEnvelope,
  envelopeOf,
  handOn,
  leftOf,
  missingOf,
  readHanded,
} from '#protocol/hand-over'
import { ENVELOPE_SIZES } from '#protocol/limits'

const only = (text: string) => {
  const [letter, ...more] = readHanded(text).letters
  if (!letter || more.length) throw new Error(`${String(more.length)} letters`)
  return letter
}

test.each(ENVELOPE_SIZES)(
  'an envelope of %i bytes comes back from its pieces in any order',
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

test('what a messenger does to a text does no harm', async () => {
  const envelope = randomBytes(4096)
  const [first = '', second = ''] = await cutEnvelope(envelope, 3300)
  const broken = first.replace(/.{37}/g, '$&\r\n> ')
  const chat = `**Айгүл**, [25.11.2026 10:12]\nhttps://a.example/ky/send/\n\n${broken}\n\u200e_Бакыт_:\n\`${second.toLowerCase()}\`ушул`
  expect(await envelopeOf(only(chat))).toEqual(envelope)
})

test('a piece that is missing, cut or changed is named, and nothing is given', async () => {
  const pieces = await cutEnvelope(randomBytes(4096), 734)
  const third = pieces[2] ?? ''
  for (const damaged of [
    '',
    third.slice(0, -30),
    third.replace(
      /(.{300})(.)/,
      (_, before: string, letter: string) => before + (letter === '7' ? '8' : '7'),
    ),
  ]) {
    const letter = only([...pieces.slice(0, 2), damaged, ...pieces.slice(3)].join('\n'))
    expect(missingOf(letter)).toEqual([3])
    await expect(envelopeOf(letter)).rejects.toMatchObject({ code: 'letter_incomplete' })
  }
})

test('pieces of two letters do not mix', async () => {
  const envelopes = ENVELOPE_SIZES.slice(0, 2).map((size) => randomBytes(size))
  const cut = await Promise.all(envelopes.map((envelope) => cutEnvelope(envelope, 734)))
  const { letters } = readHanded(cut.flat().sort().join('\n'))
  expect(await Promise.all(letters.map(envelopeOf))).toEqual(expect.arrayContaining(envelopes))
})

test('pieces that fit each other but not their name give no envelope', async () => {
  const pieces = await cutEnvelope(randomBytes(4096), 734)
  const renamed = pieces.map((piece) => piece.replace(/^Q\/\w{8}/, 'Q/00000000'))
  await expect(envelopeOf(only(renamed.join('\n')))).rejects.toMatchObject({
    code: 'letter_unreadable',
  })
})

test('a piece that was cut before its end does not take the next one with it', async () => {
  const [first = '', second = ''] = await cutEnvelope(randomBytes(4096), 3300)
  const letter = only(`${first.slice(0, 2000)}Q\n${second}`)
  expect(missingOf(letter)).toEqual([1])
  expect(missingOf(only(first.slice(0, 20)))).toEqual([1, 2])
})

test('a text made to cost work is read no further than a person would paste, and the rest is kept', async () => {
  const [piece = ''] = await cutEnvelope(randomBytes(4096), 734)
  const many = Array.from({ length: 1000 }, (_, at) =>
    piece.replace(/^Q\/\w{8}/, `Q/${String(at).padStart(8, '0')}`),
  )
  const { letters, unread } = readHanded(many.join(' '))
  expect(letters.length).toBeLessThan(402)
  expect(readHanded(unread).letters[0]?.id).toBe(String(letters.length).padStart(8, '0'))
})

test('what has not arrived is counted and comes back as text, what waits before what can never go', async () => {
  const cut = await Promise.all(
    Array.from({ length: 6 }, () => cutEnvelope(randomBytes(4096), 3300)),
  )
  const ids = cut.map(([first = '']) => first.slice(2, 10))
  // The first is incomplete; the second is refused; the third and fourth arrive; the others are too many.
  const handed = readHanded([cut[0]?.[1], ...cut.slice(1).flat()].join('\n'))
  const { on, refusal } = await handOn(handed, 3, ({ id }) =>
    id === ids[1] ? Promise.reject(new Refusal('epoch_retired')) : Promise.resolve(true),
  )
  expect(countsOf(on)).toEqual({ arrived: 2, waiting: 2, incomplete: 1, refused: 1 })
  expect(refusal?.code).toBe('epoch_retired')
  const again = readHanded(leftOf(on)).letters
  expect(again.map(({ id }) => id)).toEqual([ids[4], ids[5], ids[0], ids[1]])
  expect(again.map(missingOf)).toEqual([[], [], [1], []])
})

test('when nothing can be sent just now, all that is whole waits', async () => {
  const cut = await Promise.all([1, 2].map(() => cutEnvelope(randomBytes(4096), 3300)))
  const tried: string[] = []
  const { on } = await handOn(readHanded(cut.flat().join(' ')), 9, ({ id }) => {
    tried.push(id)
    return Promise.resolve(false)
  })
  expect(countsOf(on)).toEqual({ arrived: 0, waiting: 2, incomplete: 0, refused: 0 })
  expect(tried).toHaveLength(1)
  expect(leftOf(on).replace(/\s+/g, ' ')).toBe(cut.flat().join(' '))
})

test('no text makes the reader throw, and one without a piece has no letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readHanded(text).letters).toEqual([])
    }),
  )
  expect(readHanded('Q/ABCDEFGH/9/2/00/00/ Q/ABCDEFGH/0/2/00/00/').letters).toEqual([])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { cutEnvelope, envelopeOf, lettersIn, missingOf } from '#protocol/hand-over'
import { ENVELOPE_SIZES } from '#protocol/limits'

const only = (text: string) => {
  const [letter, ...more] = lettersIn(text)
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
  const envelopes = [randomBytes(4096), randomBytes(8192)]
  const cut = await Promise.all(envelopes.map((envelope) => cutEnvelope(envelope, 734)))
  const letters = lettersIn(cut.flat().sort().join('\n'))
  expect(await Promise.all(letters.map(envelopeOf))).toEqual(expect.arrayContaining(envelopes))
})

test('pieces that fit each other but not their name give no envelope', async () => {
  const pieces = await cutEnvelope(randomBytes(4096), 734)
  const renamed = pieces.map((piece) => piece.replace(/^Q\/\w{8}/, 'Q/00000000'))
  await expect(envelopeOf(only(renamed.join('\n')))).rejects.toMatchObject({
    code: 'letter_unreadable',
  })
})

test('a text of thousands of letters is read no further than a person would paste', async () => {
  const [piece = ''] = await cutEnvelope(randomBytes(4096), 734)
  const many = Array.from({ length: 5000 }, (_, at) =>
    piece.replace(/^Q\/\w{8}/, `Q/${String(at).padStart(8, '0')}`),
  )
  expect(lettersIn(many.join(' '))).toHaveLength(8)
})

test('no text makes the reader throw, and one without a piece has no letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(lettersIn(text)).toEqual([])
    }),
  )
  expect(lettersIn('Q/ABCDEFGH/9/2/00/00/ Q/ABCDEFGH/0/2/00/00/')).toEqual([])
})

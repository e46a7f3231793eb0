import { expect, test } from 'vitest'
import { deepen, MAX_SECONDS, RATE } from '#site/lifeline/attachments/disguise-voice.ts'
import { muLaw, wavOf, WAV_HEADER_BYTES } from '#site/lifeline/attachments/wav.ts'
import { MAX_FILE_BYTES } from '#protocol/limits'

const rest = (): Promise<void> => Promise.resolve()
const tone = (hertz: number, seconds: number): Float32Array =>
  Float32Array.from(
    { length: RATE * seconds },
    (_, at) => Math.sin((2 * Math.PI * hertz * at) / RATE) / 2,
  )

/** Measures the strength of one frequency in `sound` (one bin of a discrete Fourier transform). */
function strength(sound: Float32Array, hertz: number): number {
  let [real, imaginary] = [0, 0]
  for (const [at, value] of sound.entries()) {
    real += value * Math.cos((2 * Math.PI * hertz * at) / RATE)
    imaginary += value * Math.sin((2 * Math.PI * hertz * at) / RATE)
  }
  return Math.hypot(real, imaginary)
}
const strongest = (sound: Float32Array): number => {
  const tones = Array.from({ length: 30 }, (_, at) => 100 + at * 10)
  const heard = tones.map((hertz) => strength(sound, hertz))
  return tones[heard.indexOf(Math.max(...heard))] ?? 0
}

test('A disguised voice is deeper than the original and as long', async () => {
  const voice = tone(300, 1)
  const deep = await deepen(voice, () => 0.5, rest)
  expect(deep).toHaveLength(voice.length)
  expect(strongest(voice)).toBe(300)
  expect(strongest(deep)).toBeGreaterThan(300 * 0.7)
  expect(strongest(deep)).toBeLessThan(300 * 0.82)
  expect(Math.max(...deep)).toBeLessThan(1)
  expect(Math.max(...deep)).toBeGreaterThan(0.3)
})

test('A disguise changes a voice at random, and one voice gives two recordings', async () => {
  const voice = tone(300, 1)
  const [one, other] = [
    await deepen(voice, Math.random, rest),
    await deepen(voice, Math.random, rest),
  ]
  expect(one).not.toEqual(other)
})

test('Disguised silence stays silent, and an empty recording stays empty', async () => {
  expect(Math.max(...(await deepen(new Float32Array(5000), Math.random, rest)))).toBe(0)
  expect(await deepen(new Float32Array(0), Math.random, rest)).toHaveLength(0)
})

test('The µ-law encoder gives the values of ITU-T G.711', () => {
  // Table 2a of G.711 lists these values for silence, the smallest step and both ends of the range.
  expect([0, 1 / 4096, 1, -1].map(muLaw)).toEqual([0xff, 0xfe, 0x80, 0x00])
})

test('The longest recording fits into a file, and its WAV header names the sample rate', () => {
  expect(MAX_SECONDS * RATE + WAV_HEADER_BYTES).toBeLessThanOrEqual(MAX_FILE_BYTES)
  const wav = Buffer.from(wavOf(new Float32Array(10), RATE))
  expect(wav.length).toBe(WAV_HEADER_BYTES + 10)
  expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ')
  expect(wav.readUInt32LE(24)).toBe(RATE)
})

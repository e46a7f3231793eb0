// Writes sound as a WAV file with one byte per sample (ITU-T G.711, µ-law). All browsers play this
// format, which needs half the bytes of 16-bit samples.
import type { Bytes } from '#protocol/bytes'

export const WAV_HEADER_BYTES = 58
const MULAW = 7
const BIAS = 132
const CLIP = 32_635

/**
 * Encodes a sample (G.711, table 2a) as a sign bit, 3 exponent bits and 4 mantissa bits, all
 * inverted.
 */
export function muLaw(sample: number): number {
  const loud = Math.min(CLIP, Math.round(Math.abs(sample) * 32_768)) + BIAS
  const exponent = 24 - Math.clz32(loud)
  const mantissa = (loud >> (exponent + 3)) & 15
  return ~((sample < 0 ? 128 : 0) | (exponent << 4) | mantissa) & 255
}

/**
 * Returns sound as a WAV file.
 *
 * @param samples  from −1 to 1, one channel
 */
export function wavOf(samples: Float32Array, rate: number): Bytes {
  const bytes = new Uint8Array(WAV_HEADER_BYTES + samples.length)
  const view = new DataView(bytes.buffer)
  const put = (at: number, name: string): void => {
    for (let each = 0; each < 4; each++) bytes[at + each] = name.charCodeAt(each)
  }
  put(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  put(8, 'WAVE')
  put(12, 'fmt ')
  view.setUint32(16, 18, true)
  view.setUint16(20, MULAW, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate, true)
  view.setUint16(32, 1, true)
  view.setUint16(34, 8, true)
  put(38, 'fact')
  view.setUint32(42, 4, true)
  view.setUint32(46, samples.length, true)
  put(50, 'data')
  view.setUint32(54, samples.length, true)
  for (let at = 0; at < samples.length; at++) bytes[WAV_HEADER_BYTES + at] = muLaw(samples[at] || 0)
  return bytes
}

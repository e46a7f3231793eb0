// Changes a voice: every sound of it becomes deeper, by a measure that wanders by chance, at the same pace of speech. Harder to know by
// ear; no protection against experts, and the page says so.
import { randomBytes } from '#protocol/bytes'
import { MAX_FILE_BYTES } from '#protocol/limits'
import { pause } from '../time.ts'
import { bytesOf } from './describe.ts'
import { WAV_HEADER_BYTES, wavOf } from './wav.ts'

/** Samples a second: enough for speech, and a byte each. */
export const RATE = 12_000
/** The longest recording whose changed voice still fits into a file. */
export const MAX_SECONDS = Math.floor((MAX_FILE_BYTES - WAV_HEADER_BYTES) / RATE)

const GRAIN = 600
const HOP = GRAIN / 2
const SEARCH = 120
/** How deep: the measure wanders between these, towards a new aim every HOPS_TO_AIM. */
const [DEEPEST, LEAST] = [0.7, 0.82]
const HOPS_TO_AIM = 16
const HOPS_AT_ONCE = 400

/**
 * @param random  numbers from 0 to 1
 * @param rest    awaited now and then, so that the page does not stand still
 */
export async function deepen(
  voice: Float32Array,
  random: () => number,
  rest: () => Promise<unknown>,
): Promise<Float32Array> {
  const deep = new Float32Array(voice.length)
  const at = (place: number): number => {
    const left = Math.floor(place)
    const share = place - left
    return (voice[left] || 0) * (1 - share) + (voice[left + 1] || 0) * share
  }
  const aim = (): number => DEEPEST + random() * (LEAST - DEEPEST)
  let [from, to] = [aim(), aim()]
  for (let hop = 0, start = 0; start < voice.length; hop++, start += HOP) {
    const way = hop % HOPS_TO_AIM
    if (!way) [from, to] = [to, aim()]
    if (hop % HOPS_AT_ONCE === 0) await rest()
    const ratio = from + ((to - from) * way) / HOPS_TO_AIM
    const shift = hop ? bestShift(deep, at, start, ratio) : 0
    for (let k = 0; k < GRAIN && start + k < voice.length; k++) {
      const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (k + 0.5)) / GRAIN)
      deep[start + k] = (deep[start + k] || 0) + weight * at(start + shift + k * ratio)
    }
  }
  return deep
}

/** Where a grain fits best to the end of the one before, so that it does not rattle. */
function bestShift(
  deep: Float32Array,
  at: (place: number) => number,
  start: number,
  ratio: number,
): number {
  let [best, most] = [0, -Infinity]
  for (let shift = -SEARCH; shift <= SEARCH; shift += 3) {
    let fit = 0
    for (let k = 0; k < HOP; k += 4) fit += (deep[start + k] || 0) * at(start + shift + k * ratio)
    if (fit > most) [best, most] = [shift, fit]
  }
  return best
}

/** A recording with a changed voice, as WAV; null when this browser cannot read it, or it would be too long. */
export async function distorted(recording: Blob): Promise<Blob | null> {
  try {
    const { buffer } = await bytesOf(recording)
    const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(buffer)
    if (sound.duration > MAX_SECONDS) return null
    const deep = await deepen(
      sound.getChannelData(0),
      () => (randomBytes(1)[0] as number) / 255,
      () => pause(0),
    )
    return new Blob([wavOf(deep, RATE)], { type: 'audio/wav' })
  } catch {
    return null
  }
}

// Disguises a voice: lowers its pitch by a ratio that changes at random, and keeps its pace. The
// voice is then harder to recognise by ear. The page warns that experts may still recognise the
// voice.
import { randomBytes } from '#protocol/bytes'
import { MAX_FILE_BYTES } from '#protocol/limits'
import { pause } from '../network/timeout.ts'
import { readBytes } from './describe-file.ts'
import { WAV_HEADER_BYTES, wavOf } from './wav.ts'

/** Samples per second, enough for speech. Each sample takes one byte. */
export const RATE = 12_000
/**
 * The maximum length, in seconds, of a recording that still fits into a file after the voice has
 * been disguised.
 */
export const MAX_SECONDS = Math.floor((MAX_FILE_BYTES - WAV_HEADER_BYTES) / RATE)

const GRAIN = 600
const HOP = GRAIN / 2
const SEARCH = 120
/** The bounds of the pitch ratio. The ratio gets a new random target every HOPS_TO_AIM hops. */
const [DEEPEST, LEAST] = [0.7, 0.82]
const HOPS_TO_AIM = 16
const HOPS_AT_ONCE = 400

/**
 * Lowers the pitch of a voice.
 *
 * @param random  returns numbers from 0 to 1
 * @param rest    awaited from time to time, so that the page remains responsive
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

/**
 * Finds the shift that best fits a grain to the previous grain, so that the sound remains smooth.
 */
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

/** Returns a recording as WAV with a disguised voice; null when it is unreadable or too long. */
export async function disguised(recording: Blob): Promise<Blob | null> {
  try {
    const { buffer } = await readBytes(recording)
    const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(buffer)
    if (sound.duration > MAX_SECONDS) return null
    const deep = await deepen(
      sound.getChannelData(0),
      () => (randomBytes(1)[0] || 0) / 255,
      () => pause(0),
    )
    return new Blob([wavOf(deep, RATE)], { type: 'audio/wav' })
  } catch {
    return null
  }
}

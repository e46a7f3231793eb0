// Records sound from the moment the button is pressed until "Stop" is pressed. Turns off the
// microphone when the person leaves.
import { MAX_FILE_BYTES } from '#protocol/limits'
import { endTracks, stopOnLeave } from '../dom/stop-on-leave.ts'

/** Bits per second: speech is clear at this rate, and a minute takes up 180 KB. */
const BITS = 24_000
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']
const SLICE_MS = 500

export interface Recording {
  stop: () => void
  /** returns the current loudness, 0 to 1 */
  level: () => number
  ended: Promise<Blob>
}

/** The reason why there is no recording, as the key of a sentence. */
export type NoMicrophone = 'unable' | 'denied' | 'missing'

function levelOf(stream: MediaStream): [() => number, () => void] {
  try {
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    analyser.fftSize = 512
    context.createMediaStreamSource(stream).connect(analyser)
    const wave = new Uint8Array(analyser.fftSize)
    const level = (): number => {
      analyser.getByteTimeDomainData(wave)
      return Math.min(1, Math.max(...wave.map((value) => Math.abs(value - 128))) / 64)
    }
    return [level, () => void context.close()]
  } catch {
    return [() => 0, () => undefined]
  }
}

export async function startRecording(): Promise<Recording | NoMicrophone> {
  if (typeof MediaRecorder !== 'function' || !('mediaDevices' in navigator)) return 'unable'
  let stream: MediaStream
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  } catch (cause) {
    return cause instanceof DOMException && /NotFound|Overconstrained/.test(cause.name)
      ? 'missing'
      : 'denied'
  }
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
  let recorder: MediaRecorder
  try {
    recorder = new MediaRecorder(stream, {
      audioBitsPerSecond: BITS,
      ...(mimeType && { mimeType }),
    })
  } catch {
    endTracks(stream)
    return 'unable'
  }
  const [level, closeLevel] = levelOf(stream)
  const off = (): void => {
    endTracks(stream)
    if (recorder.state !== 'inactive') recorder.stop()
  }
  const endWatch = stopOnLeave(off)

  const parts: Blob[] = []
  let size = 0
  const ended = new Promise<Blob>((done) => {
    recorder.ondataavailable = ({ data }) => {
      parts.push(data)
      size += data.size
      // The next slice must still fit into a file.
      if (size > MAX_FILE_BYTES - BITS) off()
    }
    recorder.onstop = () => {
      off()
      endWatch()
      closeLevel()
      done(new Blob(parts, { type: recorder.mimeType }))
    }
  })
  recorder.start(SLICE_MS)
  return { stop: off, level, ended }
}

/** Formats the length of a recording, given in seconds: 83 becomes 1:23. */
export const clock = (seconds: number): string =>
  String(Math.floor(seconds / 60)) + ':' + String(Math.floor(seconds % 60)).padStart(2, '0')

// Tool: reads QR codes with the camera or from a picture. The picture never leaves this device.
import { endTracks, stopOnLeave } from '../dom/stop-on-leave.ts'
import { pause } from '../network/timeout.ts'
import { add, addButton } from '../dom/panel.ts'
import { word } from '../dom/elements.ts'
import { registerTool } from './register.ts'

// Few browsers have BarcodeDetector: https://wicg.github.io/shape-detection-api/
declare global {
  interface BarcodeDetector {
    detect(picture: CanvasImageSource): Promise<{ rawValue: string }[]>
  }
  interface Window {
    readonly BarcodeDetector?: {
      new (options: { formats: string[] }): BarcodeDetector
      getSupportedFormats(): Promise<string[]>
    }
  }
}

/** Returns the text and the corners of one code in a picture; null for a picture without a code. */
export type Decode = (picture: ImageData) => { words: string; corners: [number, number][] } | null
type FetchDecoder = () => Promise<Decode>

export interface Scan {
  readPicture(file: File, fetchDecoder: FetchDecoder): Promise<string[]>
  watchCamera(
    button: HTMLElement,
    take: (words: string) => void,
    fetchDecoder: FetchDecoder,
  ): Promise<void>
}

/**
 * The length of the longest edge of a scaled picture, which is limited because an old phone has
 * little memory.
 */
const MOST_PIXELS = 2000
const PAUSE_MS = 150
const MOST_CODES = 40

type Read = (canvas: HTMLCanvasElement) => Promise<string[]>

async function reader(fetchDecoder: FetchDecoder): Promise<Read> {
  // Chrome on Android provides the system's detector. Other browsers fetch the site's own decoder.
  const { BarcodeDetector } = window
  if (BarcodeDetector && (await BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    return async (canvas) => (await detector.detect(canvas)).map(({ rawValue }) => rawValue)
  }
  const decode = await fetchDecoder()
  return (canvas) => Promise.resolve(decodeAll(canvas, decode))
}

/** Reads all codes in a picture. Each code is painted over after it has been read. */
function decodeAll(canvas: HTMLCanvasElement, decode: Decode): string[] {
  const pen = penOf(canvas)
  const all: string[] = []
  while (all.length < MOST_CODES) {
    const code = decode(pen.getImageData(0, 0, canvas.width, canvas.height))
    if (!code) break
    all.push(code.words)
    pen.fillStyle = '#fff'
    pen.beginPath()
    for (const [x, y] of code.corners) pen.lineTo(x, y)
    pen.fill()
  }
  return all
}

/**
 * Returns the 2d context. A canvas returns null only after it has provided a different kind of
 * context.
 */
const penOf = (canvas: HTMLCanvasElement): CanvasRenderingContext2D =>
  canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D

function draw(picture: CanvasImageSource, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const scale = Math.min(1, MOST_PIXELS / Math.max(width, height))
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const pen = penOf(canvas)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

async function readPicture(file: File, fetchDecoder: FetchDecoder): Promise<string[]> {
  const read = await reader(fetchDecoder)
  const picture = await createImageBitmap(file).catch(() => null)
  return picture ? read(draw(picture, picture.width, picture.height)) : []
}

/** Turns off a camera that is on or starting, so that two cameras are never on at the same time. */
let turnOff = (): void => undefined

async function watchCamera(
  button: HTMLElement,
  take: (words: string) => void,
  fetchDecoder: FetchDecoder,
): Promise<void> {
  turnOff()
  const panel = document.createElement('div')
  button.after(panel)
  const note = add(panel, 'p', word('asking'))
  note.setAttribute('role', 'status')
  let stream: MediaStream | null = null
  const end = (): void => {
    if (stream) endTracks(stream)
    endWatch()
    removeEventListener('submit', off, true)
  }
  const off = (): void => {
    end()
    panel.remove()
  }
  turnOff = off
  const endWatch = stopOnLeave(off)
  // Turns the camera off before the page sends letters, so that no code is added to them meanwhile.
  addEventListener('submit', off, true)
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
    // The browser gave permission after the person had turned the camera off.
    if (!panel.isConnected) {
      endTracks(stream)
      return
    }
    const read = await reader(fetchDecoder)
    const video = add(panel, 'video')
    video.muted = video.playsInline = true
    video.style.width = '100%'
    video.srcObject = stream
    await video.play()
    // An error in this call is shown, because it means that the code reader does not work. Later
    // pictures may fail individually.
    await read(draw(video, video.videoWidth, video.videoHeight))
    note.textContent = word('looking')
    addButton(panel, word('stop'), off)
    void look(video, read, take)
  } catch {
    end()
    note.textContent = word('refused')
  }
}

/** Reads frames from the video until the video is removed from the page. */
async function look(
  video: HTMLVideoElement,
  read: Read,
  take: (words: string) => void,
): Promise<void> {
  const isOn = (): boolean => video.isConnected
  while (isOn()) {
    try {
      const found = await read(draw(video, video.videoWidth, video.videoHeight))
      if (isOn()) found.forEach(take)
    } catch {
      // This picture is unreadable. The next picture may be readable.
    }
    await pause(PAUSE_MS)
  }
}

registerTool({ readPicture, watchCamera } satisfies Scan)

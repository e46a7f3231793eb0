// Tool: reads codes with the camera or from a picture. Nothing of a picture leaves this device.
import { endTracks, onLeaving } from '../files/off.ts'
import { pause } from '../time.ts'
import { add, addButton } from './parts.ts'
import { word } from './elements.ts'
import { leaveTool } from './leave.ts'

/** The words of one code in a picture, and where it lies; null when there is none. */
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

/** Chrome on Android has one of the system; elsewhere our own is fetched. */
interface Detector {
  detect(picture: CanvasImageSource): Promise<{ rawValue: string }[]>
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

/** Wider pictures are made smaller: a code fills enough of them, and an old phone is not to run out of memory. */
const MOST_PIXELS = 2000
const PAUSE_MS = 150
const MOST_CODES = 40

type Read = (canvas: HTMLCanvasElement) => Promise<string[]>

async function reader(fetchDecoder: FetchDecoder): Promise<Read> {
  const { BarcodeDetector } = window as { BarcodeDetector?: DetectorClass }
  if (BarcodeDetector && (await BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    return async (canvas) => (await detector.detect(canvas)).map(({ rawValue }) => rawValue)
  }
  const decode = await fetchDecoder()
  return (canvas) => Promise.resolve(decodeAll(canvas, decode))
}

/** All codes of a picture: one that was read is painted over, until none is left. */
function decodeAll(canvas: HTMLCanvasElement, decode: Decode): string[] {
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D
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

function draw(picture: CanvasImageSource, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const scale = Math.min(1, MOST_PIXELS / Math.max(width, height))
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const pen = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

async function readPicture(file: File, fetchDecoder: FetchDecoder): Promise<string[]> {
  const read = await reader(fetchDecoder)
  const picture = await createImageBitmap(file).catch(() => null)
  return picture ? read(draw(picture, picture.width, picture.height)) : []
}

/** Turns off the camera that is on, or asked for; there is never a second one. */
let turnOff = (): void => undefined

async function watchCamera(
  button: HTMLElement,
  take: (words: string) => void,
  fetchDecoder: FetchDecoder,
): Promise<void> {
  turnOff()
  const panel = document.createElement('div')
  button.after(panel)
  const told = add(panel, 'p', word('asking'))
  told.setAttribute('role', 'status')
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
  const endWatch = onLeaving(off)
  // Before the page hears of it: nothing is added to what is being sent.
  addEventListener('submit', off, true)
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
    // Allowed when nobody wanted it any more.
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
    // A reader that cannot read at all is told; later a single picture may fail.
    await read(draw(video, video.videoWidth, video.videoHeight))
    told.textContent = word('looking')
    addButton(panel, word('stop'), off)
    void look(video, read, take)
  } catch {
    end()
    told.textContent = word('refused')
  }
}

/** Until the film is taken off the page. */
async function look(
  video: HTMLVideoElement,
  read: Read,
  take: (words: string) => void,
): Promise<void> {
  while (video.isConnected) {
    try {
      const found = await read(draw(video, video.videoWidth, video.videoHeight))
      if (video.isConnected) found.forEach(take)
    } catch {
      // A picture that cannot be read: the next one may.
    }
    await pause(PAUSE_MS)
  }
}

leaveTool({ readPicture, watchCamera } satisfies Scan)

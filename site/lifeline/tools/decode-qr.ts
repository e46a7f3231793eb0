// Tool: reads a QR code in a picture, for browsers without a built-in reader.
import decodeQR, { type Quad } from 'qr/decode.js'
import { registerTool } from './register.ts'
import type { Decode } from './scan-letter.ts'

/** Time limit for repeated attempts to read one picture, in milliseconds. An old phone is slow. */
const TRY_MS = 300

const decode: Decode = (picture) => {
  const found: Quad[] = []
  try {
    const words = decodeQR(picture, {
      timeLimit: TRY_MS,
      pointsOnDetect: ({ outline }) => {
        found.push(outline)
      },
    })
    return { words, corners: (found[0] || []).map(({ x, y }): [number, number] => [x, y]) }
  } catch {
    // The library throws an error when a picture contains no code.
    return null
  }
}

registerTool(decode)

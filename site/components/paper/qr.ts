// Draws a QR code that a phone can read, as a single path inside a square. The square includes the
// quiet zone that the standard requires.
import { encode } from 'uqr'

/** Number of empty modules on each side (ISO/IEC 18004). */
const MARGIN = 4

export interface Code {
  /** Side length of the drawing in modules, including the margin. */
  side: number
  path: string
}

/**
 * Returns a code as one path.
 *
 * @param ecc  the damage that the code tolerates: `M` for paper, `L` for a screen. `L` makes a
 *   smaller code, which cameras read more reliably from a screen.
 */
export function qrCode(text: string, ecc: 'L' | 'M' = 'M'): Code {
  const { data, size } = encode(text, { ecc, border: MARGIN })
  let path = ''
  data.forEach((row, y) => {
    const modules = row.map((dark) => (dark ? '1' : '0')).join('')
    const dark = /1+/g
    // The `hand` tool draws codes in browsers without `matchAll` and `flatMap`.
    for (let run = dark.exec(modules); run; run = dark.exec(modules))
      path += `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`
  })
  return { side: size, path }
}

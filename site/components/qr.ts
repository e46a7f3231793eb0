// The code that a telephone reads from paper or from another screen, as one path of a square drawing with the quiet margin that the standard asks for.
import { encode } from 'uqr'

/** Modules of empty margin on each side (ISO/IEC 18004). */
const MARGIN = 4

export interface Code {
  /** Side of the drawing, margin included, in modules. */
  side: number
  path: string
}

/** @param ecc  how much of it may be dirty or folded: `M` for paper, `L` for a screen, where smaller codes are read more surely */
export function qrCode(text: string, ecc: 'L' | 'M' = 'M'): Code {
  const { data, size } = encode(text, { ecc, border: MARGIN })
  const runs = data.flatMap((row, y) =>
    [
      ...row
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
  )
  return { side: size, path: runs.join('') }
}

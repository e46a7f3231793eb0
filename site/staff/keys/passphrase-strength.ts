// How good a passphrase is, said plainly. It stands beside a printed secret of 128 bits, so length is what counts.
export const MIN_PASSPHRASE = 12
const GOOD_PASSPHRASE = 20
const MIN_DIFFERENT = 6

export type Strength = 'short' | 'same' | 'enough' | 'good'

export function strengthOf(passphrase: string): Strength {
  const letters = [...passphrase.normalize('NFC').trim()]
  if (letters.length < MIN_PASSPHRASE) return 'short'
  if (new Set(letters).size < MIN_DIFFERENT) return 'same'
  return letters.length < GOOD_PASSPHRASE ? 'enough' : 'good'
}

export const isEnough = (strength: Strength): boolean =>
  strength === 'enough' || strength === 'good'

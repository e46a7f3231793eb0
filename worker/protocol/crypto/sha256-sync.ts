// Computes SHA-256 of one short message (at most 55 bytes) synchronously (FIPS 180-4, section 6.2).
// Only the proof of work uses this code. WebCrypto takes about twenty times as long, and a person
// with an old phone has to wait for the proof.

const fraction = (root: number): number => ((root - Math.floor(root)) * 0x1_0000_0000) | 0

// Computes the constants of FIPS 180-4, sections 4.2.2 and 5.3.3. K contains the fractional parts
// of the cube roots of the first primes, and START those of the square roots.
const K: number[] = []
const START: number[] = []
for (let candidate = 2; K.length < 64; candidate++) {
  let divisor = 2
  while (candidate % divisor) divisor++
  if (divisor === candidate) {
    if (START.length < 8) START.push(fraction(Math.sqrt(candidate)))
    K.push(fraction(Math.cbrt(candidate)))
  }
}

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits))

// Keeps the block and the schedule between calls, because new arrays would double the time that a
// call takes.
const block = new Uint8Array(64)
const view = new DataView(block.buffer)
const w = new Int32Array(64)

/**
 * Returns the digest of `message` as eight signed 32-bit words. The message must be at most 55
 * bytes long; a longer message leads to a wrong digest or an error.
 */
export function sha256Words(message: Uint8Array): number[] {
  block.fill(0)
  block.set(message)
  block[message.length] = 0x80
  view.setUint32(60, message.length * 8)

  let [a, b, c, d, e, f, g, h] = START as Words
  for (let i = 0; i < 64; i++) {
    const w15 = w[i - 15] || 0
    const w2 = w[i - 2] || 0
    const word =
      i < 16
        ? view.getInt32(i * 4)
        : ((w[i - 16] || 0) +
            (rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3)) +
            (w[i - 7] || 0) +
            (rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10))) |
          0
    w[i] = word
    const t1 =
      h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + (K[i] || 0) + word
    const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => (word + (START[at] || 0)) | 0)
}

type Words = [number, number, number, number, number, number, number, number]

// Makes small recordings for tests, because the repository contains no real recordings.

/** Number of silent frames in one second; each frame lasts 20 ms. */
const FRAMES_A_SECOND = 50
/** A silent Opus packet: SILK, narrowband, 20 ms, mono. */
const SILENCE = Uint8Array.of(0x08)
const MOST_SEGMENTS = 255

/** Returns the Ogg checksum of RFC 3533: an unreflected CRC-32 with the polynomial 04c11db7. */
function checksum(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}

interface OggPage {
  /** A value of 2 marks the first page of the stream, and 4 marks the last page. */
  flags: number
  samples: number
  sequence: number
  packets: readonly Uint8Array[]
}

function pageOf({ flags, samples, sequence, packets }: OggPage): Buffer {
  const head = Buffer.alloc(27)
  head.write('OggS')
  head.writeUInt8(flags, 5)
  head.writeBigUInt64LE(BigInt(samples), 6)
  head.writeUInt32LE(1, 14)
  head.writeUInt32LE(sequence, 18)
  head.writeUInt8(packets.length, 26)
  const sizes = Uint8Array.from(packets.map(({ length }) => length))
  const page = Buffer.concat([head, sizes, ...packets])
  page.writeUInt32LE(checksum(page), 22)
  return page
}

/** Returns an Ogg Opus file that contains this many seconds of silence. */
export function madeClip(seconds: number): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead')
  head.writeUInt8(1, 8)
  head.writeUInt8(1, 9)
  head.writeUInt32LE(48_000, 12)
  const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)])
  const frames = Array.from({ length: Math.round(seconds * FRAMES_A_SECOND) }, () => SILENCE)
  const pages = [
    pageOf({ flags: 2, samples: 0, sequence: 0, packets: [head] }),
    pageOf({ flags: 0, samples: 0, sequence: 1, packets: [tags] }),
  ]
  for (let at = 0; at < frames.length; at += MOST_SEGMENTS) {
    const packets = frames.slice(at, at + MOST_SEGMENTS)
    const done = at + packets.length
    const isLast = done === frames.length
    pages.push(
      pageOf({ flags: isLast ? 4 : 0, samples: done * 960, sequence: pages.length, packets }),
    )
  }
  return Buffer.concat(pages)
}

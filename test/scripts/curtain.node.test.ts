// Tests the parts of `npm run curtain` that do not need a network: packet captures, the middlebox's
// rules, and the figures.
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { freezeAfter, frozenIn } from '#scripts/lab/curtain/box'
import { holds, lineOfFigure, lineOfStep, stepHolds } from '#scripts/lab/curtain/figures'
import { packed } from '#scripts/lab/curtain/front'
import { missingFrom } from '#scripts/lab/curtain/needs'
import { connectionsOf, readCapture } from '#scripts/lab/curtain/packets'

const PHONE = '10.77.1.2:40000'
const SITE = '10.77.2.2:443'
const SYN = 0x02
const ACK = 0x10

interface Sent {
  from?: string
  to?: string
  payload?: number
  flags?: number
  /** bytes of TCP options */
  options?: number
}

const up = (payload: number): Sent => ({ payload })
const down = (payload: number): Sent => ({ from: SITE, to: PHONE, payload })
const syn: Sent = { flags: SYN }

/** Makes an Ethernet frame as a capture stores it: complete headers without the payload. */
function frame({ from = PHONE, to = SITE, payload = 0, flags = ACK, options = 12 }: Sent): Buffer {
  const bytes = Buffer.alloc(14 + 20 + 20 + options)
  bytes.writeUInt16BE(0x0800, 12)
  bytes[14] = 0x45
  bytes.writeUInt16BE(40 + options + payload, 16)
  bytes[23] = 6
  for (const [at, address] of [
    [0, from],
    [1, to],
  ] as const) {
    const [host = '', port = ''] = address.split(':')
    host.split('.').forEach((part, place) => (bytes[26 + at * 4 + place] = Number(part)))
    bytes.writeUInt16BE(Number(port), 34 + at * 2)
  }
  bytes[46] = ((20 + options) / 4) << 4
  bytes[47] = flags
  return bytes
}

interface Form {
  little?: boolean
  nanoseconds?: boolean
  link?: number
}

function capture(frames: Buffer[], { little = true, nanoseconds = false, link = 1 }: Form = {}) {
  const numbers = (...values: number[]): Buffer => {
    const bytes = Buffer.alloc(values.length * 4)
    values.forEach((value, at) =>
      little ? bytes.writeUInt32LE(value, at * 4) : bytes.writeUInt32BE(value, at * 4),
    )
    return bytes
  }
  const records = frames.map((bytes, at) =>
    Buffer.concat([
      numbers(1000 + at, nanoseconds ? 500_000_000 : 500_000, bytes.length, bytes.length),
      bytes,
    ]),
  )
  const magic = nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4
  return Buffer.concat([numbers(magic, 0x0004_0002, 0, 0, 134, link), ...records])
}

const connections = (...sent: Sent[]) => connectionsOf(readCapture(capture(sent.map(frame))))

describe('a capture', () => {
  test('R29: The count groups packets with payload by connection and direction', () => {
    const other = '10.77.1.2:40001'
    expect(
      connections(
        ...[syn, { from: SITE, to: PHONE, flags: SYN | ACK, options: 20 }, up(0)],
        ...[up(1448), up(1), down(1448), { from: other, flags: SYN }, down(0), down(5)],
        ...[{ from: other, payload: 7 }, up(3)],
      ),
    ).toEqual([
      { client: PHONE, server: SITE, openedAt: 1_000_500, up: 3, down: 2, all: 9 },
      { client: other, server: SITE, openedAt: 1_006_500, up: 1, down: 0, all: 2 },
    ])
  })

  test('TCP options are not payload, and one byte after the options is payload', () => {
    for (const options of [0, 12, 24, 40])
      expect(
        connections(syn, { payload: 0, options }, { payload: 1, options }).map(({ up }) => up),
      ).toEqual([1])
  })

  test('A packet of a capture that is sent again counts again', () => {
    expect(connections(syn, up(100), up(100)).map(({ up }) => up)).toEqual([2])
  })

  test('A repeated SYN opens no new connection, and a new SYN on a used port does', () => {
    expect(connections(syn, syn, up(1), syn, up(1)).map(({ up, all }) => [up, all])).toEqual([
      [1, 3],
      [1, 2],
    ])
  })

  test('A connection that was opened before the capture is not counted', () => {
    expect(connections(up(100), down(100))).toEqual([])
  })

  test('A capture is read in both byte orders and in both units of time', () => {
    for (const little of [true, false])
      for (const nanoseconds of [true, false])
        expect(
          readCapture(capture([frame(up(9))], { little, nanoseconds })).map(({ at, payload }) => [
            at,
            payload,
          ]),
        ).toEqual([[1_000_500, 9]])
  })

  test('A record of a capture that is still being written is not counted', () => {
    const whole = capture([frame(syn), frame(up(9))])
    for (const missing of [1, 60, 70])
      expect(readCapture(whole.subarray(0, whole.length - missing))).toHaveLength(1)
  })

  test('A frame without TCP over IPv4, a later fragment and a cut header do not count', () => {
    const [ipv6, udp, fragment] = [frame(up(9)), frame(up(9)), frame(up(9))]
    ipv6.writeUInt16BE(0x86dd, 12)
    udp[23] = 17
    fragment.writeUInt16BE(100, 20)
    expect(readCapture(capture([ipv6, udp, fragment, frame(up(9)).subarray(0, 40)]))).toEqual([])
  })

  test('A file of another format is refused and not read as an empty capture', () => {
    expect(() => readCapture(Buffer.alloc(24))).toThrow('not a pcap')
    expect(() => readCapture(Buffer.alloc(10))).toThrow('no header')
    expect(() => readCapture(capture([], { link: 113 }))).toThrow('not a capture of Ethernet')
  })
})

describe('the box', () => {
  test('The box counts packets up to its limit and no further', () => {
    const rules = freezeAfter(3)
    expect(rules).toContain('ct mark map { 0 : 1, 1 : 2, 2 : 3 }')
    expect(rules).toContain('ct mark 3 drop')
  })

  test('The box takes a packet for payload only when it is longer than its headers', () => {
    const rules = freezeAfter(25)
    // 20 bytes of IP and 8 words of TCP make 52 bytes, as in an acknowledgement with a timestamp.
    expect(rules).toContain('8 . 53-65535')
    expect(rules).toContain('15 . 81-65535')
  })

  test('The box names the clients whose connections it froze', () => {
    const listed = (set: object) => JSON.stringify({ nftables: [{ metainfo: {} }, { set }] })
    expect(frozenIn(listed({ elem: [{ concat: ['10.77.1.2', 40000] }] }))).toEqual(new Set([PHONE]))
    expect(frozenIn(listed({ name: 'frozen' }))).toEqual(new Set())
  })
})

describe('the front', () => {
  const page = Buffer.from('<p>Салам</p>'.repeat(50))
  const answer = {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'content-length': String(page.length),
    },
    body: page,
  }

  test('The HTTP/2 front compresses a text once and adds only headers of compression', () => {
    const [headers, body] = packed(answer, 'gzip, deflate, br, zstd')
    expect(headers).toEqual({
      ':status': 200,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-encoding': 'br',
      vary: 'accept-encoding',
    })
    expect(brotliDecompressSync(body).equals(page)).toBe(true)
  })

  test('The front does not compress binary content or a text for an old browser', () => {
    const sealed = { ...answer, headers: { 'content-type': 'application/octet-stream' } }
    for (const [headers, body] of [packed(sealed, 'br'), packed(answer, 'gzip')]) {
      expect(headers['content-encoding']).toBeUndefined()
      expect(headers['content-length']).toBe(page.length)
      expect(body).toBe(page)
    }
  })
})

describe('figures', () => {
  const connection = (up: number, down: number) => ({
    client: PHONE,
    server: SITE,
    openedAt: 0,
    up,
    down,
    all: up + down + 9,
  })
  const figure = { name: '/ky/tell/', tries: [connection(6, 12), connection(7, 13)], bound: 20 }

  test('The worst try of a page counts, and one packet above the limit is marked', () => {
    expect(holds(figure)).toBe(true)
    expect(lineOfFigure(figure)).toMatch(/^ {2}\/ky\/tell\/ +7 +13 +20 +20 +29$/)
    expect(holds({ ...figure, bound: 19 })).toBe(false)
    expect(lineOfFigure({ ...figure, bound: 19 })).toMatch(/^! /)
  })

  test('A page that was not measured counts as above its limit', () => {
    expect(holds({ ...figure, tries: [] })).toBe(false)
    expect(lineOfFigure({ ...figure, tries: [] })).toMatch(/^! .*was not measured/)
  })

  test('A step with a fault or too many connections is marked, and a freeze is named', () => {
    const step = {
      name: 'sent',
      seconds: 1.23,
      asked: ['oasis.test', 'sibling.test'],
      fault: null,
      connections: [connection(6, 12), connection(20, 6)],
      frozen: new Set([PHONE]),
    }
    expect(stepHolds(step)).toBe(true)
    expect(lineOfStep(step)).toMatch(/2 connections: 18 \(frozen\), 26 \(frozen\)/)
    expect(lineOfStep(step)).toContain('asked oasis.test, then sibling.test')
    expect(lineOfStep(step, 1)).toMatch(/^! /)
    expect(lineOfStep({ ...step, fault: 'no answer' })).toMatch(/^! .*failed: no answer$/)
  })

  test('One sentence names the missing tools of a machine and says how to install them', () => {
    const all = () => true
    expect(missingFrom('linux', 0, all)).toBeNull()
    expect(missingFrom('darwin', 0, all)).toMatch(/only Linux/)
    expect(missingFrom('linux', 1000, all)).toMatch(/need root/)
    const sentence = missingFrom('linux', 0, (command) => !['nft', 'openssl'].includes(command))
    expect(sentence).toBe(
      'Missing here: nft, openssl. On Debian: apt-get install nftables openssl.',
    )
  })
})

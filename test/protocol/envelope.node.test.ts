import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { concat, randomBytes, sameBytes, sha256, u32, utf8, type Bytes } from '#protocol/bytes'
import {
  commitmentTo,
  keyIdOf,
  KIND,
  readEnvelope,
  sealEnvelope,
  wrapInfo,
  type OpenPart,
} from '#protocol/envelope'
import {
  ENVELOPE_OVERHEAD,
  ENVELOPE_SIZES,
  MAX_REPORT_BYTES,
  VERSION,
  WRAP_BYTES,
} from '#protocol/limits'
import { unpadText } from '#protocol/padding'
import { organisation, suite } from './organisation.ts'

const NOW = Date.UTC(2026, 10, 24)
let org: Awaited<ReturnType<typeof organisation>>
beforeAll(async () => {
  org = await organisation(NOW)
})

const openPart = (): OpenPart => ({
  kind: KIND.helpForMe,
  danger: true,
  lookupHash: randomBytes(32),
  writeHash: randomBytes(32),
})

/** Opens as staff do, by the library `hpke`; throws on anything that does not fit. */
async function open(bytes: Bytes, wrapAt: 0 | 1): Promise<string> {
  const envelope = readEnvelope(bytes)
  const wrap = envelope.wraps[wrapAt]
  const key = wrapAt === 0 ? org.intake.privateKey : org.recovery.privateKey
  const cek = new Uint8Array(
    await suite.Open(key, wrap.enc, wrap.sealedCek, {
      info: wrapInfo(envelope.epoch, wrap.keyId),
      aad: await sha256(envelope.headerBytes, envelope.body),
    }),
  )
  if (!sameBytes(await commitmentTo(cek), envelope.commitment)) throw new Error('commitment')
  const aesKey = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['decrypt'])
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: envelope.headerBytes },
    aesKey,
    envelope.body,
  )
  return unpadText(new Uint8Array(plain))
}

test('both keys open what was sealed, and the open part says what it was given', async () => {
  const part = openPart()
  const bytes = await sealEnvelope(org.manifest, part, '{"text":"Паспортумду алып коюшту"}')
  const envelope = readEnvelope(bytes)
  expect(envelope).toMatchObject({ ...part, epoch: 1 })
  expect(envelope.wraps[0].keyId).toEqual(await keyIdOf(org.intake.publicKey))
  expect(envelope.wraps[1].keyId).toEqual(await keyIdOf(org.recovery.publicKey))
  expect(await open(bytes, 0)).toBe('{"text":"Паспортумду алып коюшту"}')
  expect(await open(bytes, 1)).toBe('{"text":"Паспортумду алып коюшту"}')
})

test('R3: length depends on the bucket only: any kind, any danger, any script, any length', async () => {
  const lengthOf = async (part: OpenPart, text: string): Promise<number> => {
    const needed = Buffer.byteLength(text) + ENVELOPE_OVERHEAD
    const sealed = await sealEnvelope(org.manifest, part, text)
    expect(sealed.length).toBe(ENVELOPE_SIZES.find((size) => size >= needed))
    return sealed.length
  }
  const seen = new Set<number>()
  for (const size of ENVELOPE_SIZES)
    for (const length of [size - ENVELOPE_OVERHEAD - 1, size - ENVELOPE_OVERHEAD])
      seen.add(await lengthOf(openPart(), 'a'.repeat(length)))
  for (const size of ENVELOPE_SIZES.slice(0, -1))
    seen.add(await lengthOf(openPart(), 'a'.repeat(size - ENVELOPE_OVERHEAD + 1)))
  expect([...seen].sort((a, b) => a - b)).toEqual([...ENVELOPE_SIZES])

  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: MAX_REPORT_BYTES }),
      fc.constantFrom('a', 'ө', '救', '🙏', '\u0000'),
      fc.constantFrom(...Object.values(KIND)),
      fc.boolean(),
      async (bytes, letter, kind, danger) => {
        const text = letter.repeat(Math.floor(bytes / Buffer.byteLength(letter)))
        await lengthOf({ ...openPart(), kind, danger }, text)
      },
    ),
    { numRuns: 1000 },
  )
})

test('R3: what fills an envelope up cannot be told from words', async () => {
  const [short, long] = [
    await sealEnvelope(org.manifest, openPart(), ''),
    await sealEnvelope(org.manifest, openPart(), 'a'.repeat(3000)),
  ]
  for (const sealed of [short, long]) {
    const { body } = readEnvelope(sealed)
    // Zeros that were left in the open would show: of some 3,700 random bytes about 15 are zero.
    expect(body.filter((byte) => byte === 0).length).toBeLessThan(60)
  }
})

test('R3: one byte more than the longest report is refused with its code', async () => {
  const tooLong = 'a'.repeat(MAX_REPORT_BYTES + 1)
  await expect(sealEnvelope(org.manifest, openPart(), tooLong)).rejects.toMatchObject({
    code: 'text_too_long',
  })
})

test('1,000 mutations of an envelope never open', async () => {
  const bytes = await sealEnvelope(org.manifest, openPart(), '{"text":"canary"}')
  const intakeEnd = bytes.length - WRAP_BYTES
  for (let round = 0; round < 1000; round++) {
    // Every header byte, then bytes spread over body and wraps
    const at = round < 120 ? round : 120 + ((round * 7919) % (bytes.length - 120))
    const changed = bytes.slice()
    changed[at] = (changed[at] ?? 0) ^ (1 << (round % 8))
    const wrapAt = at >= intakeEnd ? 1 : 0
    const opened = await open(changed, wrapAt).catch(() => null)
    if (opened !== null) expect.fail(`byte ${at} may be changed unnoticed`)
  }
})

test('parts of two envelopes do not mix', async () => {
  const [one, two] = await Promise.all([
    sealEnvelope(org.manifest, openPart(), 'one'),
    sealEnvelope(org.manifest, openPart(), 'two'),
  ])
  for (const cut of [120, one.length - 2 * WRAP_BYTES])
    await expect(open(concat(one.slice(0, cut), two.slice(cut)), 0)).rejects.toThrow()
})

test('a wrap whose commitment does not fit the key is refused', async () => {
  const bytes = await sealEnvelope(org.manifest, openPart(), 'text')
  const forged = concat(bytes.slice(0, 24), await commitmentTo(randomBytes(32)), bytes.slice(56))
  await expect(open(forged, 0)).rejects.toThrow()
})

describe('reading refuses with a code', () => {
  const change = async (at: number, ...values: number[]): Promise<Bytes> => {
    const bytes = await sealEnvelope(org.manifest, openPart(), 'text')
    bytes.set(values, at)
    return bytes
  }
  test.each([
    ['envelope_version', 0, [VERSION + 1]],
    ['envelope_kind', 1, [0]],
    ['envelope_kind', 1, [5]],
    ['envelope_malformed', 2, [2]],
    ['envelope_suite', 3, [2]],
    ['envelope_malformed', 8, Array<number>(16).fill(0)],
    ['envelope_malformed', 24, Array<number>(32).fill(0)],
    ['envelope_malformed', 56, Array<number>(32).fill(0)],
    ['envelope_malformed', 88, Array<number>(32).fill(0)],
  ])('R5: %s at byte %i', async (code, at, values) => {
    const bytes = await change(at, ...values)
    expect(() => readEnvelope(bytes)).toThrow(expect.objectContaining({ code }))
  })

  test.each([0, 1, 119, 4095, 4097, 16385])('envelope_length for %i bytes', (length) => {
    expect(() => readEnvelope(new Uint8Array(length))).toThrow(
      expect.objectContaining({ code: 'envelope_length' }),
    )
  })
})

test('wrap info is the label, the epoch and the key id', async () => {
  const keyId = await keyIdOf(org.intake.publicKey)
  expect(wrapInfo(7, keyId)).toEqual(concat(utf8('oasis/v1/report'), u32(7), keyId))
})

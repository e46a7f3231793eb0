import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { concat, randomBytes, sameBytes, sha256, u32, utf8, type Bytes } from '#protocol/bytes'
import {
  commitmentTo,
  keyIdOf,
  KIND,
  readEnvelope,
  wrapInfo,
  type ReportHeader,
} from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import {
  ENVELOPE_OVERHEAD,
  ENVELOPE_SIZES,
  MAX_REPORT_BYTES,
  VERSION,
  WRAP_BYTES,
} from '#protocol/limits'
import { unpadText } from '#protocol/crypto/padding'
import { organisation, suite } from '../support/organisation.ts'

const NOW = Date.UTC(2026, 10, 24)
let org: Awaited<ReturnType<typeof organisation>>
beforeAll(async () => {
  org = await organisation(NOW)
})

const someHeader = (): ReportHeader => ({
  headerId: randomBytes(16),
  kind: KIND.helpForMe,
  danger: true,
  ownerHash: randomBytes(32),
  writeHash: randomBytes(32),
})

/** Opens an envelope as staff do, with the `hpke` library. Throws when a part does not match. */
async function open(bytes: Bytes): Promise<string> {
  const envelope = readEnvelope(bytes)
  const { wrap } = envelope
  const cek = new Uint8Array(
    await suite.Open(org.intake.privateKey, wrap.enc, wrap.sealedCek, {
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

test('The key of the epoch opens an envelope, and its header has the written values', async () => {
  const header = someHeader()
  const bytes = await sealEnvelope(org.manifest, header, '{"text":"Паспортумду алып коюшту"}')
  const envelope = readEnvelope(bytes)
  expect(envelope).toMatchObject({ ...header, epoch: 1 })
  expect(envelope.wrap.keyId).toEqual(await keyIdOf(org.intake.publicKey))
  expect(await open(bytes)).toBe('{"text":"Паспортумду алып коюшту"}')
})

test('R3: The length of an envelope depends only on its bucket, not on its content', async () => {
  const lengthOf = async (header: ReportHeader, text: string): Promise<number> => {
    const needed = Buffer.byteLength(text) + ENVELOPE_OVERHEAD
    const sealed = await sealEnvelope(org.manifest, header, text)
    expect(sealed.length).toBe(ENVELOPE_SIZES.find((size) => size >= needed))
    return sealed.length
  }
  const seen = new Set<number>()
  for (const size of ENVELOPE_SIZES)
    for (const length of [size - ENVELOPE_OVERHEAD - 1, size - ENVELOPE_OVERHEAD])
      seen.add(await lengthOf(someHeader(), 'a'.repeat(length)))
  for (const size of ENVELOPE_SIZES.slice(0, -1))
    seen.add(await lengthOf(someHeader(), 'a'.repeat(size - ENVELOPE_OVERHEAD + 1)))
  expect([...seen].sort((a, b) => a - b)).toEqual([...ENVELOPE_SIZES])

  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: MAX_REPORT_BYTES }),
      fc.constantFrom('a', 'ө', '救', '🙏', '\u0000'),
      fc.constantFrom(...Object.values(KIND)),
      fc.boolean(),
      async (bytes, letter, kind, danger) => {
        const text = letter.repeat(Math.floor(bytes / Buffer.byteLength(letter)))
        await lengthOf({ ...someHeader(), kind, danger }, text)
      },
    ),
    { numRuns: 1000 },
  )
})

test('R3: The padding of an envelope looks like its sealed words', async () => {
  const [short, long] = [
    await sealEnvelope(org.manifest, someHeader(), ''),
    await sealEnvelope(org.manifest, someHeader(), 'a'.repeat(3000)),
  ]
  for (const sealed of [short, long]) {
    const { body } = readEnvelope(sealed)
    // About 3,700 random bytes contain about 15 zeros. Cleartext would contain many more zeros.
    expect(body.filter((byte) => byte === 0).length).toBeLessThan(60)
  }
})

test('R3: A report of one byte too many is refused with text_too_long', async () => {
  const tooLong = 'a'.repeat(MAX_REPORT_BYTES + 1)
  await expect(sealEnvelope(org.manifest, someHeader(), tooLong)).rejects.toMatchObject({
    code: 'text_too_long',
  })
})

test('An envelope with one flipped bit never opens, in 1,000 mutations', async () => {
  const bytes = await sealEnvelope(org.manifest, someHeader(), '{"text":"canary"}')
  for (let round = 0; round < 1000; round++) {
    // The first 120 rounds change every header byte. The other rounds change bytes throughout the
    // body and the wrap.
    const at = round < 120 ? round : 120 + ((round * 7919) % (bytes.length - 120))
    const changed = bytes.slice()
    changed[at] = (changed[at] ?? 0) ^ (1 << (round % 8))
    const opened = await open(changed).catch(() => null)
    if (opened !== null) expect.fail(`byte ${at} may be changed unnoticed`)
  }
})

test('Parts of two envelopes do not open together', async () => {
  const [one, two] = await Promise.all([
    sealEnvelope(org.manifest, someHeader(), 'one'),
    sealEnvelope(org.manifest, someHeader(), 'two'),
  ])
  for (const cut of [120, one.length - WRAP_BYTES])
    await expect(open(concat(one.slice(0, cut), two.slice(cut)))).rejects.toThrow()
})

test('An envelope whose commitment does not fit its key does not open', async () => {
  const bytes = await sealEnvelope(org.manifest, someHeader(), 'text')
  const forged = concat(bytes.slice(0, 24), await commitmentTo(randomBytes(32)), bytes.slice(56))
  await expect(open(forged)).rejects.toThrow()
})

test('An envelope whose suite a carrier changed has another wrap and does not open', async () => {
  const bytes = await sealEnvelope(org.manifest, someHeader(), 'text')
  bytes[3] = 2
  expect(readEnvelope(bytes).wrap.enc).toHaveLength(1120)
  await expect(open(bytes)).rejects.toThrow()
})

describe('readEnvelope', () => {
  const change = async (at: number, ...values: number[]): Promise<Bytes> => {
    const bytes = await sealEnvelope(org.manifest, someHeader(), 'text')
    bytes.set(values, at)
    return bytes
  }
  test.each([
    ['envelope_version', 0, [VERSION + 1]],
    ['envelope_kind', 1, [0]],
    ['envelope_kind', 1, [5]],
    ['envelope_malformed', 2, [2]],
    ['envelope_suite', 3, [0]],
    ['envelope_suite', 3, [3]],
    ['envelope_malformed', 8, Array<number>(16).fill(0)],
    ['envelope_malformed', 24, Array<number>(32).fill(0)],
    ['envelope_malformed', 56, Array<number>(32).fill(0)],
    ['envelope_malformed', 88, Array<number>(32).fill(0)],
  ])('R5: readEnvelope refuses with %s a wrong value at byte %i', async (code, at, values) => {
    const bytes = await change(at, ...values)
    expect(() => readEnvelope(bytes)).toThrow(expect.objectContaining({ code }))
  })

  test.each([0, 1, 119, 4095, 4097, 16385])(
    'An envelope of %i bytes is refused with envelope_length',
    (length) => {
      expect(() => readEnvelope(new Uint8Array(length))).toThrow(
        expect.objectContaining({ code: 'envelope_length' }),
      )
    },
  )
})

test('The HPKE info of a wrap is the label, the epoch and the key id', async () => {
  const keyId = await keyIdOf(org.intake.publicKey)
  expect(wrapInfo(7, keyId)).toEqual(concat(utf8('oasis/v1/report'), u32(7), keyId))
})

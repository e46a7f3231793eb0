import { beforeAll, describe, expect, test } from 'vitest'
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { unpadText } from '#protocol/crypto/padding'
import { ENVELOPE_SIZES, HEADER_BYTES, HYBRID_WRAP_BYTES } from '#protocol/limits'
import { KIND, keyIdOf, readEnvelope, wrapInfo } from '#protocol/report/envelope'
import { makeReceipt, ownerOf, receiptKeys } from '#protocol/report/receipt'
import { sealEnvelope, type SealEnvelope } from '#protocol/report/seal-envelope'
import { hybridSealer } from '#protocol/report/seal-hybrid-envelope'
import { jsonOf } from '#site/lifeline/reporting/seal-report.ts'
import { makeHybridPair, type HybridPair } from '#site/staff/crypto/seal-to.ts'
import { hpkePair } from '../support/organisation.ts'
import { sealCekByLibrary, suite2 } from '../support/hybrid.ts'

const seal = hybridSealer(sealCekByLibrary)
let pair: HybridPair
let intake: Bytes
beforeAll(async () => {
  pair = await makeHybridPair()
  intake = (await hpkePair()).publicKey
})

const header = {
  headerId: randomBytes(16),
  kind: KIND.helpForMe,
  danger: true,
  ownerHash: randomBytes(32),
  writeHash: randomBytes(32),
}

const sealHybrid: SealEnvelope = (_, ...rest) => seal({ epoch: 7, intake: pair.publicKey }, ...rest)
const sealClassic: SealEnvelope = (_, ...rest) => sealEnvelope({ epoch: 7, intake }, ...rest)
const NO_KEYS = { epoch: 0, intake: new Uint8Array(0) }

async function open(bytes: Bytes): Promise<string> {
  const { epoch, wrap, headerBytes, body } = readEnvelope(bytes)
  const key = await suite2.DeserializePrivateKey(pair.seed)
  const cek = await suite2.Open(key, wrap.enc, wrap.sealedCek, {
    info: wrapInfo(epoch, wrap.keyId),
    aad: await sha256(headerBytes, body),
  })
  const aes = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: headerBytes }
  const aesKey = await crypto.subtle.importKey('raw', new Uint8Array(cek), aes, false, ['decrypt'])
  return unpadText(new Uint8Array(await crypto.subtle.decrypt(aes, aesKey, body)))
}

test('The hybrid key opens an envelope of suite 2, and the words name the suite', async () => {
  const bytes = await sealHybrid(NO_KEYS, header, '{"v":1,"text":"Паспортумду алып коюшту"}')
  const envelope = readEnvelope(bytes)
  expect(envelope).toMatchObject({ ...header, epoch: 7, suite: 2 })
  expect(bytes).toHaveLength(4096)
  expect(envelope.body).toHaveLength(4096 - HEADER_BYTES - HYBRID_WRAP_BYTES)
  expect(envelope.wrap.keyId).toEqual(await keyIdOf(pair.publicKey))
  expect(await open(bytes)).toBe('{"suite":2,"v":1,"text":"Паспортумду алып коюшту"}')
})

test('The mac of a follow-up covers the suite', async () => {
  const macced: string[] = []
  const bytes = await sealHybrid(NO_KEYS, header, '{"v":1}', (_, json) => {
    macced.push(json)
    return Promise.resolve(json.replace('}', ',"mac":""}'))
  })
  expect(macced).toEqual(['{"suite":2,"v":1}'])
  expect(await open(bytes)).toBe('{"suite":2,"v":1,"mac":""}')
})

test('An envelope of suite 2 with another suite in its header does not open', async () => {
  const bytes = await sealHybrid(NO_KEYS, header, '{"v":1}')
  bytes[3] = 1
  expect(readEnvelope(bytes).wrap.enc).toHaveLength(65)
  await expect(open(bytes)).rejects.toThrow()
})

test('Suite 2 refuses a report that is too long, and suite 1 holds that report', async () => {
  const room = 14_336 - HEADER_BYTES - 20 - HYBRID_WRAP_BYTES
  const json = `{"v":1,"text":"${'a'.repeat(room - 17 - '"suite":2,'.length)}"}`
  expect(await sealHybrid(NO_KEYS, header, json)).toHaveLength(14_336)
  const longer = json.replace('a', 'aa')
  await expect(sealHybrid(NO_KEYS, header, longer)).rejects.toMatchObject({
    code: 'text_too_long',
  })
  expect(await sealClassic(NO_KEYS, header, longer)).toHaveLength(14_336)
})

describe('the letters that fit', () => {
  /**
   * docs/protocol/envelope.md gives the same numbers: how many two-byte characters fit in addition
   * to the usual answers.
   */
  const LETTERS = { 1: [1694, 3230, 6814], 2: [1161, 2697, 6281] } as const

  async function jsonWith(letters: number): Promise<string> {
    const { lookup, down, up } = await receiptKeys(makeReceipt())
    return jsonOf({
      lang: 'ky',
      text: 'ө'.repeat(letters),
      place: 'Бишкек, Ош базары',
      consent: 'helpers',
      signs: ['WithholdsDocuments', 'DebtBondage'],
      needs: ['leave', 'papers'],
      contact: { how: 'WhatsApp, ушул номер', when: 'кечинде', avoid: 'чалбаңыз' },
      owner: toB64(await ownerOf(lookup)),
      down: toB64(down),
      up: toB64(up),
    })
  }

  test.each([
    [1, sealClassic],
    [2, sealHybrid],
  ] as const)('Suite %i holds the letters that the documents name', async (suite, sealBy) => {
    for (const [at, size] of ENVELOPE_SIZES.entries()) {
      const letters = LETTERS[suite][at] ?? 0
      const sizeOf = async (more: number) =>
        (await sealBy(NO_KEYS, header, await jsonWith(letters + more))).length
      expect([suite, size, await sizeOf(0)]).toEqual([suite, size, size])
      if (size < 14_336) expect(await sizeOf(1)).toBeGreaterThan(size)
      else await expect(sizeOf(1)).rejects.toMatchObject({ code: 'text_too_long' })
    }
  })
})

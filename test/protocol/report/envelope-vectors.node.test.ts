// Checks test/vectors/envelopes_oasis.json, which contains complete envelopes with every private
// input. Code in another language can be tested against these envelopes. `npx vitest run -u
// --project node` with this file writes the vectors.
import { readFileSync } from 'node:fs'
import { CipherSuite, KDF_HKDF_SHA256, AEAD_AES_256_GCM } from 'hpke'
import { KEM_MLKEM768_X25519 } from '@panva/hpke-noble'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { concat, fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { hpkeSeal } from '#protocol/crypto/hpke-seal'
import { CEK_BYTES, HYBRID_SUITE, SUITE, TAG_BYTES, WRAP_BYTES } from '#protocol/limits'
import { KIND, readEnvelope, reportIdOf, wrapInfo } from '#protocol/report/envelope'
import { ownerHashOf, ownerOf, readReceipt, receiptKeys } from '#protocol/report/receipt'
import { addReporterMac, readReporterMac } from '#protocol/report/reporter-mac'
import { sealerOf, type AddMac, type SealCek } from '#protocol/report/seal-envelope'
import { hybridSealer } from '#protocol/report/seal-hybrid-envelope'
import { importOpeningKey, type OpeningKey } from '#site/staff/crypto/hpke-open.ts'
import { type EpochKeys } from '#site/staff/crypto/named-keys.ts'
import { openReport } from '#site/staff/crypto/open-report.ts'
import { importHybridKey } from '#site/staff/crypto/seal-to.ts'
import {
  bytesIn,
  cryptoPair,
  EPOCH,
  INPUTS,
  RECEIPT,
  scalarPair,
  secret,
  type VectorInput,
} from '../support/vector-inputs.ts'

const FILE = '../../vectors/envelopes_oasis.json'

type Vector = Record<string, string>
interface VectorFile {
  receipt: Vector
  envelopes: Record<string, Vector>
}

const noble = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
const coins = concat(secret('X-Wing coins, ML-KEM'), secret('X-Wing coins, X25519'))

afterEach(() => {
  vi.restoreAllMocks()
})

/** Gives the sealing code its content key, and the `hpke-noble` library its 64 random bytes. */
function drawFixed(cek: Bytes): void {
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    const bytes = array as unknown as Uint8Array
    bytes.set(bytes.length === CEK_BYTES ? cek : coins)
    return array
  })
}

/** Seals a vector's words, and lists every input and every part of the envelope. */
async function vectorOf(input: VectorInput): Promise<Vector> {
  const { name, suite, kind, danger, words, place } = input
  const own = await receiptKeys(RECEIPT)
  const cek = secret(`content key of ${name}`)
  const header = {
    headerId: secret(`header id of ${name}`).slice(0, 16),
    kind,
    danger,
    ownerHash: await ownerHashOf(own.lookup),
    writeHash: await sha256(own.write),
  }
  const receipt = { down: own.down, up: own.up, owner: await ownerOf(own.lookup) }
  const values: Record<string, Bytes> = kind === KIND.followUp ? {} : receipt
  const sealedValues = Object.entries(values).map(([field, bytes]) => [field, toB64(bytes)])
  const json = JSON.stringify({ v: 1, ...words, ...Object.fromEntries(sealedValues) })
  const sealed = { json: '' }
  const addMac: AddMac = async (commitment, text) => {
    const named = { headerId: header.headerId, commitment }
    sealed.json = place ? await addReporterMac(own.up, named, place, text) : text
    return sealed.json
  }
  const sender = suite === HYBRID_SUITE ? await hybridSender() : await pointSender(name)
  drawFixed(cek)
  const envelope = await sender.seal({ epoch: EPOCH, intake: sender.key }, header, json, addMac)
  vi.restoreAllMocks()
  return {
    ...sender.shown,
    contentKey: toB64(cek),
    json: sealed.json,
    plaintextBytes: String(readEnvelope(envelope).body.length - TAG_BYTES),
    ...(await partsOf(envelope)),
  }
}

async function pointSender(name: string) {
  const [intake, ephemeral] = [scalarPair('intake key'), scalarPair(`ephemeral key of ${name}`)]
  const pair = await cryptoPair(ephemeral)
  const sealCek: SealCek = (key, info, aad, cek) => hpkeSeal(key, info, aad, cek, pair)
  return {
    key: intake.point,
    seal: sealerOf(SUITE, WRAP_BYTES, sealCek),
    shown: {
      privateKey: toB64(intake.scalar),
      publicKey: toB64(intake.point),
      ephemeralPrivateKey: toB64(ephemeral.scalar),
    },
  }
}

async function hybridSender() {
  const pair = await noble.DeriveKeyPair(secret('hybrid key'), true)
  const seed = new Uint8Array(await noble.SerializePrivateKey(pair.privateKey))
  const publicKey = new Uint8Array(await noble.SerializePublicKey(pair.publicKey))
  const sealCek: SealCek = async (_, info, aad, cek) => {
    const { encapsulatedSecret, ciphertext } = await noble.Seal(pair.publicKey, cek, { info, aad })
    return concat(encapsulatedSecret, ciphertext)
  }
  return {
    key: publicKey,
    seal: hybridSealer(sealCek),
    shown: {
      privateKey: toB64(seed),
      publicKey: toB64(publicKey),
      encapsulationCoins: toB64(coins),
    },
  }
}

/**
 * Lists the steps of making an envelope, so that an implementer finds the first step that differs.
 */
async function partsOf(envelope: Bytes): Promise<Vector> {
  const { epoch, headerBytes, body, wrap, commitment } = readEnvelope(envelope)
  return {
    header: toB64(headerBytes),
    commitment: toB64(commitment),
    bodySha256: toB64(await sha256(body)),
    keyId: toB64(wrap.keyId),
    hpkeInfo: toB64(wrapInfo(epoch, wrap.keyId)),
    hpkeAad: toB64(await sha256(headerBytes, body)),
    enc: toB64(wrap.enc),
    sealedContentKey: toB64(wrap.sealedCek),
    reportId: toB64(await reportIdOf(envelope)),
    envelopeSha256: toB64(await sha256(envelope)),
    envelope: toB64(envelope),
  }
}

async function fileText(): Promise<string> {
  const own = await receiptKeys(RECEIPT)
  const file = {
    about:
      'Whole envelopes with every private input, sealed by worker/protocol/report/. ' +
      'docs/protocol/vectors.md explains each field. Bytes are base64url.',
    receipt: {
      digits: RECEIPT,
      lookup: toB64(own.lookup),
      write: toB64(own.write),
      down: toB64(own.down),
      up: toB64(own.up),
      owner: toB64(await ownerOf(own.lookup)),
    },
    envelopes: Object.fromEntries(
      await inTurn(INPUTS, async (input) => [input.name, await vectorOf(input)] as const),
    ),
  }
  return JSON.stringify(file, null, 2) + '\n'
}

/** The tests run one after another, because each vector replaces the random source. */
async function inTurn<From, To>(list: readonly From[], run: (item: From) => Promise<To>) {
  const results: To[] = []
  for (const item of list) results.push(await run(item))
  return results
}

const readFile = (): VectorFile =>
  JSON.parse(readFileSync(new URL(FILE, import.meta.url), 'utf8')) as VectorFile

async function openingKey(vector: Vector, isHybrid: boolean): Promise<OpeningKey> {
  if (isHybrid) return importHybridKey(bytesIn(vector, 'privateKey'))
  const pair = { scalar: bytesIn(vector, 'privateKey'), point: bytesIn(vector, 'publicKey') }
  const { privateKey } = await cryptoPair(pair)
  return importOpeningKey(new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)))
}

test('R2: The code seals the fixed inputs to the envelopes of the file, byte by byte', async () => {
  await expect(await fileText()).toMatchFileSnapshot(FILE)
})

describe('the envelopes of the file', () => {
  const { receipt, envelopes } = readFile()
  const namedInputs = INPUTS.map(
    (input) => [input.name, input, envelopes[input.name] ?? {}] as const,
  )

  test.each(namedInputs)('R2: The staff app opens the envelope %s', async (_, input, vector) => {
    const key = await openingKey(vector, input.suite === HYBRID_SUITE)
    const keys = new Map<number, EpochKeys>([[EPOCH, { 1: key, 2: key }]])
    const { json, cek, id, header, isSuiteTrue } = await openReport(
      keys,
      fromB64(vector['envelope'] ?? ''),
    )
    expect(json).toBe(vector['json'])
    expect(JSON.parse(json)).toMatchObject(input.words)
    expect([toB64(cek), id]).toEqual([vector['contentKey'], vector['reportId']])
    expect([header.suite, header.kind, header.danger, isSuiteTrue]).toEqual([
      input.suite,
      input.kind,
      input.danger,
      true,
    ])
  })

  test.each(namedInputs)(
    'R2: The envelope %s with one changed byte does not open',
    async (...row) => {
      const [, input, vector] = row
      const key = await openingKey(vector, input.suite === HYBRID_SUITE)
      const keys = new Map<number, EpochKeys>([[EPOCH, { 1: key, 2: key }]])
      for (const at of [2, 60, 500, 4095]) {
        const bytes = bytesIn(vector, 'envelope')
        bytes[at] = (bytes[at] ?? 0) ^ 1
        await expect(openReport(keys, bytes)).rejects.toMatchObject({ code: 'cannot_open' })
      }
    },
  )

  test('R2: The number of the file gives the hashes in each header', async () => {
    const { digits = '' } = receipt
    expect(readReceipt(digits)).toEqual({ receipt: digits })
    const { lookup, write } = await receiptKeys(digits)
    for (const vector of Object.values(envelopes)) {
      const header = readEnvelope(bytesIn(vector, 'envelope'))
      expect(header.ownerHash).toEqual(await ownerHashOf(lookup))
      expect(header.writeHash).toEqual(await sha256(write))
    }
  })

  test('R2: The mac of the follow-up is right under the key of the number only', async () => {
    const vector = envelopes['follow-up'] ?? {}
    const header = readEnvelope(bytesIn(vector, 'envelope'))
    const json = vector['json'] ?? ''
    const place = INPUTS.find(({ kind }) => kind === KIND.followUp)?.place
    expect(await readReporterMac(bytesIn(receipt, 'up'), header, json)).toEqual(place)
    expect(await readReporterMac(bytesIn(receipt, 'down'), header, json)).toBeNull()
  })
})

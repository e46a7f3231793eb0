// Contains the keys that a hostile server made or received from former colleagues. The server can
// use each key to seal anything that the staff app opens. Anybody can seal to a public key.
import { fromB64, randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { deriveBytes } from '#protocol/crypto/hkdf'
import { padText } from '#protocol/crypto/padding'
import { intakeInfo, writeEpochKeys } from '#protocol/keys/epoch-private-keys'
import { teamInfo } from '#protocol/keys/team-key'
import { caseKeyName, type CaseGrant, type CaseKey } from '#protocol/staff/case-log/bodies'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { openWithKey, importAeadKey } from '#site/staff/crypto/aead-key.ts'
import { hpkeOpen, suite } from '#site/staff/crypto/hpke-open.ts'
import { makeHybridPair, sealTo } from '#site/staff/crypto/seal-to.ts'
import type { StoresCopy } from '../../departure/support/edge.ts'
import type { Reader } from '../../departure/support/office.ts'
import type { History } from './history.ts'

type Named = Pick<CaseKey, 'caseId' | 'keyNo'>
const NONE: Bytes = new Uint8Array(0)

/** The keys of an epoch that no keeper has opened. */
export interface FalseEpoch {
  bytes: Bytes
  hybridSeed: Bytes
  /** public, base64url */
  hybridKey: string
}

export interface ServerKeys {
  /** the generation that both leavers had */
  oldTeam: Bytes
  /** keyed by caseKeyName */
  oldCaseKeys: ReadonlyMap<string, Bytes>
  team: Bytes
  caseKey: Bytes
  secret: Bytes
  epoch: FalseEpoch
}

/** Collects the leavers' keys, and makes the server's own. */
export async function keysOf({ former, copies: [before] }: History): Promise<ServerKeys> {
  if (!before) throw new Error('a copy is missing')
  const oldTeam = await oldTeamIn(before, former.reader.by.keys)
  const oldCaseKeys = new Map(await caseKeysIn(before, oldTeam))
  for (const each of [former.rival, former.gone])
    for (const [name, bytes] of await grantsTo(each)) oldCaseKeys.set(name, bytes)
  const own = { team: randomBytes(32), caseKey: randomBytes(32), secret: randomBytes(32) }
  return { ...own, oldTeam, oldCaseKeys, epoch: await makeFalseEpoch() }
}

type Leaver = Reader['by']['keys']

async function oldTeamIn({ tables }: StoresCopy, { personId, own }: Leaver): Promise<Bytes> {
  const row = tables.get('team_keys')?.find(({ person }) => toB64(person as Bytes) === personId)
  return hpkeOpen(own, teamInfo(1), NONE, row?.['sealed'] as Bytes)
}

async function caseKeysIn({ tables, objects }: StoresCopy, team: Bytes) {
  const [outer, found] = [await importAeadKey(team), new Map<string, Bytes>()]
  for (const row of tables.get('case_keys') ?? []) {
    const caseId = toB64(row['case_id'] as Bytes)
    const name = caseKeyName({ caseId, keyNo: Number(row['key_no']) })
    const secret = objects.find(({ key }) => key === `secrets/${caseId}`)
    const inner = await openWithKey(outer, `oasis/v1/case-key ${name}`, row['sealed'] as Bytes)
    const under = await importAeadKey(secret?.bytes ?? NONE)
    found.set(name, await openWithKey(under, `oasis/v1/case-share ${name}`, inner))
  }
  return found
}

/** Opens the copies of case keys that a caseworker was ever sent. */
async function grantsTo({ by, received }: Reader): Promise<[string, Bytes][]> {
  const { own } = by.keys
  const found: [string, Bytes][] = []
  for (const text of received) {
    const { data } = StoredCase.safeParse(text === '' ? null : JSON.parse(text))
    for (const granted of data?.grants ?? []) {
      const name = caseKeyName(granted)
      const secret = data?.secrets.find(({ caseId }) => caseId === granted.caseId)?.secret ?? ''
      const info = utf8(`oasis/v1/case-grant ${name}`)
      const inner = await hpkeOpen(own, info, NONE, fromB64(granted.sealed))
      const under = await importAeadKey(fromB64(secret))
      found.push([name, await openWithKey(under, `oasis/v1/case-share ${name}`, inner)])
    }
  }
  return found
}

async function makeFalseEpoch(): Promise<FalseEpoch> {
  const [pair, hybrid] = [await suite.GenerateKeyPair(true), await makeHybridPair()]
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const { seed: hybridSeed, publicKey } = hybrid
  return { bytes: writeEpochKeys({ hybridSeed, pkcs8 }), hybridSeed, hybridKey: toB64(publicKey) }
}

/** Seals 32 bytes as a copy of the team key. @param to  base64url */
export const teamCopy = async (to: string, generation: number, team: Bytes) => ({
  generation,
  sealed: toB64(await sealTo(fromB64(to), teamInfo(generation), team)),
})

/** Seals the false epoch in the form of an epoch key copy. */
export const epochCopy = async (to: string, epoch: number, { bytes, hybridKey }: FalseEpoch) => ({
  ...{ epoch, hybridKey },
  sealed: toB64(await sealTo(fromB64(to), intakeInfo(epoch), bytes)),
})

/** Seals 32 bytes as a case key. */
export async function sealedCaseKey(
  named: Named,
  {
    team,
    generation,
    secret,
    bytes,
  }: Record<'team' | 'secret' | 'bytes', Bytes> & {
    generation: number
  },
): Promise<CaseKey> {
  const name = caseKeyName(named)
  const inner = await sealUnderKey(secret, `oasis/v1/case-share ${name}`, bytes)
  const sealed = toB64(await sealUnderKey(team, `oasis/v1/case-key ${name}`, inner))
  return { caseId: named.caseId, keyNo: named.keyNo, generation, sealed }
}

/** Seals 32 bytes as the copy of a case key for a caseworker. @param to  base64url */
export async function sealedGrant(
  named: Named,
  { secret, bytes }: Record<'secret' | 'bytes', Bytes>,
  to: string,
): Promise<CaseGrant> {
  const name = caseKeyName(named)
  const inner = await sealUnderKey(secret, `oasis/v1/case-share ${name}`, bytes)
  const sealed = toB64(await sealTo(fromB64(to), utf8(`oasis/v1/case-grant ${name}`), inner))
  return { caseId: named.caseId, keyNo: named.keyNo, sealed }
}

const ENTRY_BYTES = 512

/** Seals JSON as an entry or a record under a case key. @param label  see openEntry */
export async function sealedPart(caseKey: Bytes, label: string, json: object): Promise<string> {
  const key = await deriveBytes(caseKey, 'oasis/v1/case-entries', 32)
  return toB64(await sealUnderKey(key, label, padText(JSON.stringify(json), ENTRY_BYTES)))
}

/** Seals a content key under a case key. */
export async function sealedContentKey(
  caseKey: Bytes,
  [caseId, letter]: readonly [string, string],
  cek: Bytes,
): Promise<string> {
  const key = await deriveBytes(caseKey, 'oasis/v1/case-letters', 32)
  return toB64(await sealUnderKey(key, `oasis/v1/case-letter ${caseId} ${letter}`, cek))
}

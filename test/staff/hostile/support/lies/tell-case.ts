// Lies about a case: false or old keys, with letters, entries and records sealed under them.
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { contentOf } from '#protocol/report/letter-content'
import { caseKeyName, type CaseKey } from '#protocol/staff/case-log/bodies'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { EMPTY_SUMMARY, SUMMARY } from '#site/staff/crypto/case-record.ts'
import { happens } from '#scripts/shared/seeded-random'
import { changesJson, type MakeLie, type ServerHand } from '../hostile-server.ts'
import { sealedCaseKey, sealedContentKey, sealedGrant, sealedPart } from '../server-keys.ts'
import { FORGED } from '../view-case.ts'
import type { Exchange } from '../world.ts'

export const REPORT = /^GET reports\/[\w-]{22}$/

/** The parts of a report or of a sealed case that contain its keys. */
export type WithKeys = Pick<StoredCase, 'caseKeys' | 'grants' | 'secrets'>

/** A case key that the server has, and the team key under which the server seals it. */
interface FalseKey {
  bytes: Bytes
  team: Bytes
  /** true when the server made the key; false for a key of a former colleague */
  isOwn: boolean
}

function drawKey({ chance, keys }: ServerHand, caseId: string): FalseKey {
  const old = keys.oldCaseKeys.get(caseKeyName({ caseId, keyNo: 1 }))
  const isOwn = !old || happens(chance, 60)
  const team = chance.one([keys.team, isOwn ? keys.team : keys.oldTeam, keys.oldTeam])
  return { bytes: isOwn ? keys.caseKey : old, team, isOwn }
}

/** Puts false keys into a report, in place of the true keys or beside them. */
export async function withFalseKeys<Opened extends WithKeys>(
  hand: ServerHand,
  opened: Opened,
  caseId: string,
  to: string,
): Promise<{ opened: Opened; key: FalseKey; keyNo: number }> {
  const { chance, keys } = hand
  const own = opened.caseKeys.filter((key) => key.caseId === caseId)
  const newest = Math.max(1, ...[...own, ...opened.grants].map(({ keyNo }) => keyNo))
  const key = drawKey(hand, caseId)
  const usual = key.team === keys.oldTeam ? 1 : Math.max(1, ...own.map((each) => each.generation))
  const generation = chance.one([usual, usual, usual, 2, 4242])
  const keyNo = key.isOwn ? chance.one([newest, newest, newest + 1, 1]) : 1
  const kept = opened.secrets.find((each) => each.caseId === caseId)
  const secret = chance.one([keys.secret, keys.secret, null])
  const sealing = { ...key, generation, secret: secret ?? keys.secret }
  const fed = await sealedCaseKey({ caseId, keyNo }, sealing)
  const grant = await sealedGrant({ caseId, keyNo }, sealing, to)
  const isFed = (stored: Pick<CaseKey, 'keyNo'>): boolean => stored.keyNo === keyNo
  const others = chance.one([opened.caseKeys.filter((each) => !isFed(each)), []])
  const caseKeys = chance.one([
    [fed, ...others],
    [...others, fed],
    [fed, ...opened.caseKeys],
  ])
  const secrets = [{ caseId, secret: toB64(secret ?? keys.secret) }]
  return {
    ...{ key, keyNo },
    opened: {
      ...opened,
      caseKeys: own.length === 0 && opened.grants.length > 0 ? [] : caseKeys,
      grants: chance.one([[grant], [grant], opened.grants]),
      secrets: secret === null && kept ? opened.secrets : secrets,
    },
  }
}

const publicKeyOf = ({ person }: Exchange): string => person.reader.by.keys.publicKeys.hpkePublic

/** Supplies one of the server's case keys for the next write. */
export const feedCaseKey: MakeLie = (hand) =>
  changesJson('a case key', REPORT, async (json: StoredCase, sent) => {
    return (await withFalseKeys(hand, json, json.item.id, publicKeyOf(sent))).opened
  })

/** Writes letters, entries and records under a key that the server made. */
export const forgeParts: MakeLie = (hand) =>
  changesJson('forged words', REPORT, async (json: StoredCase, sent) => {
    const caseId = json.item.id
    const made = await withFalseKeys(hand, json, caseId, publicKeyOf(sent))
    return { ...made.opened, ...(await forgedIn(hand, json, made)) }
  })

async function forgedIn(
  { chance, letter, history }: ServerHand,
  { item, followUps, entries, records, log, taken }: StoredCase,
  { key: { bytes }, keyNo }: { key: FalseKey; keyNo: number },
): Promise<Partial<StoredCase>> {
  const caseId = item.id
  const author = history.people[0]?.by.keys.personId ?? ''
  const entry = { v: 1, kind: 'note', at: '2026-11-29T21:00Z', text: `${FORGED} entry` }
  const place = { record: SUMMARY, revision: chance.one([1, records.length + 1]) }
  const label = `oasis/v1/case-record ${caseId} ${place.record} ${place.revision}`
  const record = await sealedPart(bytes, label, { ...EMPTY_SUMMARY, title: `${FORGED} title` })
  const sealed = await sealedPart(bytes, `oasis/v1/case-entry ${caseId} ${author}`, entry)
  const n = chance.one([Math.max(1, log.length), entries[0]?.n ?? 1])
  const cek = await sealedContentKey(bytes, [caseId, caseId], letter.cek)
  return {
    ...(happens(chance, 60) && { records: [{ ...place, keyNo, sealed: record }] }),
    ...(happens(chance, 60) && {
      entries: [...entries.filter((each) => each.n !== n), { n, sealed }],
    }),
    ...(happens(chance, 60) && {
      envelope: toB64(contentOf(letter.filed.envelope)),
      taken: [
        { id: caseId, caseId, keyNo, sealed: cek },
        ...taken.filter((each) => each.id !== caseId),
      ],
    }),
    ...(happens(chance, 20) && {
      followUps: [
        ...followUps,
        {
          ...{ id: letter.filed.id, day: '2026-11-29', sealedBy: 'device' },
          envelope: toB64(letter.filed.envelope),
        },
      ],
    }),
  }
}

/**
 * Replaces the envelope of a report with the server's letter, sometimes as if no letter had been
 * taken.
 */
export const swapLetter: MakeLie = ({ letter, chance }) => {
  const hidesTaken = happens(chance, 50)
  return {
    ...changesJson('another letter', REPORT, (json: StoredCase) => ({
      ...json,
      envelope: toB64(letter.filed.envelope),
      taken: hidesTaken ? [] : json.taken,
    })),
    about: { cases: ['new', 'newest', 'unopened'], acts: ['openCase', 'openCase', 'note'] },
  }
}

/** Adds a letter from another case, which would then be sealed under this case's key. */
export const addStranger: MakeLie = ({ history, cases, chance }) => {
  // No colleague has taken the letters of these cases.
  const untaken = (['new', 'newest', 'unopened'] as const)
    .flatMap((name) => history.cases.get(name)?.id ?? [])
    .filter((id) => cases.includes(id))
  const stranger = chance.one(untaken)
  return {
    ...changesJson('a case that nobody merged', REPORT, (json: StoredCase) =>
      json.item.id === stranger
        ? json
        : {
            ...json,
            item: { ...json.item, absorbed: json.absorbed.length + 1 },
            absorbed: [...json.absorbed, stranger],
          },
    ),
    about: { acts: ['openCase'] },
  }
}

/** Responds with a different report. */
export const swapReport: MakeLie = ({ cases, chance }) => {
  const other = chance.one(cases)
  return {
    ...{ name: 'another report', on: REPORT },
    tell: async ({ ask }) => ask(`reports/${other}`),
  }
}

/** Puts random bytes in place of keys and secrets. */
export const addNoise: MakeLie = ({ chance }) =>
  changesJson('noise', REPORT, (json: StoredCase) => ({
    ...json,
    caseKeys: json.caseKeys.map((key) => ({
      ...key,
      ...(happens(chance, 50) && { sealed: toB64(randomBytes(88)) }),
    })),
    secrets: json.secrets.map((each) => ({
      ...each,
      ...(happens(chance, 50) && { secret: toB64(randomBytes(32)) }),
    })),
  }))

// Lies by using keys that former colleagues still have. The case keys are genuine, but the words
// sealed under them are the server's.
import { toB64 } from '#protocol/bytes'
import { sealReply } from '#protocol/report/reply'
import { contentOf } from '#protocol/report/letter-content'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import { RecordSet } from '#protocol/staff/case-log/changes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { EMPTY_SUMMARY, SUMMARY } from '#site/staff/crypto/case-record.ts'
import { changesJson, type Lie, type MakeLie, type ServerHand } from '../hostile-server.ts'
import type { CaseName } from '../play-office.ts'
import { sealedContentKey, sealedPart } from '../server-keys.ts'
import { FORGED } from '../view-case.ts'
import { REPORT } from './tell-case.ts'
import { statementIn } from './tell-log.ts'

const KEY_NO = 1
/** The cases that a former colleague had. */
const KNOWN: readonly CaseName[] = ['old', 'lost', 'taken', 'regained', 'left']

/** Writes different words into a part of a case that an old key opens. */
export const forgeUnderOldKey: MakeLie = (hand): Lie => ({
  ...underOldKey('words', hand, hand.chance.one([forgedEntry, forgedRecord, forgedLetter])),
  about: { cases: KNOWN },
})

/**
 * Writes a first letter with a number that the server knows, so that the server could read the
 * reply.
 */
export const forgeFirstLetter: MakeLie = (hand): Lie => ({
  ...underOldKey('a first letter', hand, forgedLetter),
  about: { cases: KNOWN, acts: ['reply'] },
})

const underOldKey = (what: string, hand: ServerHand, forge: Forge): Lie => ({
  ...changesJson(`${what} under a key of a former colleague`, REPORT, async (json: StoredCase) => {
    const key = hand.keys.oldCaseKeys.get(caseKeyName({ caseId: json.item.id, keyNo: KEY_NO }))
    return key ? { ...json, ...(await forge(json, key, hand)) } : json
  }),
  isSteady: true,
})

type Key = Uint8Array<ArrayBuffer>
type Forge = (json: StoredCase, key: Key, hand: ServerHand) => Promise<Partial<StoredCase>>

/** Finds the rows that record parts under the old key. */
const rowsOf = (log: StoredCase['log'], action: string) =>
  log.flatMap((row, at) => {
    const said = statementIn(row)
    const change = JSON.parse(row.change) as { keyNo?: number }
    return said.action === action && change.keyNo === KEY_NO ? [{ ...said, change, n: at + 1 }] : []
  })

const forgedEntry: Forge = async ({ item, log, entries }, key) => {
  const [row] = rowsOf(log, 'entry.add')
  if (!row) return {}
  const entry = { v: 1, kind: 'note', at: `${row.at}T21:00Z`, text: `${FORGED} entry` }
  const sealed = await sealedPart(key, `oasis/v1/case-entry ${item.id} ${row.actor}`, entry)
  return { entries: [...entries.filter(({ n }) => n !== row.n), { n: row.n, sealed }] }
}

const forgedRecord: Forge = async ({ item, log }, key) => {
  const row = rowsOf(log, 'record.set').at(-1)
  if (!row) return {}
  const { revision } = RecordSet.parse(row.change)
  const label = `oasis/v1/case-record ${item.id} ${SUMMARY} ${revision}`
  const sealed = await sealedPart(key, label, { ...EMPTY_SUMMARY, title: `${FORGED} title` })
  return { records: [{ record: SUMMARY, revision, keyNo: KEY_NO, sealed }] }
}

const forgedLetter: Forge = async ({ item, taken }, key, { letter }) => {
  const { id } = item
  const sealed = await sealedContentKey(key, [id, id], letter.cek)
  return {
    envelope: toB64(contentOf(letter.filed.envelope)),
    taken: [{ id, caseId: id, keyNo: KEY_NO, sealed }, ...taken.filter((each) => each.id !== id)],
  }
}

/** Writes a different reply. Every person who has read the first letter can seal a reply. */
export const forgeReply: MakeLie = ({ history }): Lie => {
  const filed = history.cases.get('old')
  return {
    ...changesJson('a forged reply', REPORT, async (json: StoredCase) => {
      if (!filed || json.item.id !== filed.id) return json
      const [stored] = json.answers
      const index = stored?.index ?? 0
      const reply = { v: 1, at: '2026-11-29T21:00Z', text: `${FORGED} reply` } as const
      const sealed = toB64(await sealReply(filed.receipt.down, filed.ownerHash, index, reply))
      return { ...json, answers: [{ day: '2026-11-29', ...stored, index, sealed }] }
    }),
    about: { cases: ['old'] },
  }
}

// Lies about the list and the search. Sends sealed cases with the server's keys and words, and
// pieces from a stranger.
import { packColumns } from '#site/staff/search/piece-columns.ts'
import { type ReadCase } from '#site/staff/search/read-case.ts'
import { randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { caseKeyHash } from '#protocol/staff/case-log/key-hash'
import { NO_ROW } from '#protocol/staff/chain'
import { contentOf } from '#protocol/report/letter-content'
import { readTally, TallyPage } from '#protocol/staff/list/pieces'
import { packCases, unpackCases, type SealedCase } from '#protocol/staff/list/sealed-cases'
import { EMPTY_SUMMARY, SUMMARY } from '#site/staff/crypto/case-record.ts'
import { signCaseChange } from '#site/staff/crypto/sign-change.ts'
import { sealPiece, pieceRoot } from '#site/staff/crypto/piece.ts'
import { happens } from '#scripts/shared/seeded-random'
import { type Lie, type MakeLie, type ServerHand } from '../hostile-server.ts'
import { sealedContentKey, sealedPart } from '../server-keys.ts'
import { FORGED } from '../view-case.ts'
import type { Exchange } from '../world.ts'
import { withFalseKeys } from './tell-case.ts'
import { NO_COUNTS } from '#test/staff/search/support/no-counts.ts'

/** Shows sealed cases with the server's keys, and words sealed under these keys. */
export const forgeSealed: MakeLie = (hand): Lie => ({
  name: 'forged words in the index',
  about: { acts: ['index'] },
  isSteady: true,
  on: /^GET cases\/sealed\?/,
  tell: async ({ person }, pass) => {
    const answer = await pass()
    if (!answer.ok) return answer
    const page = unpackCases(new Uint8Array(await answer.arrayBuffer()))
    const to = person.reader.by.keys.publicKeys.hpkePublic
    const cases = await Promise.all(page.cases.map((each) => forgedCase(hand, each, to)))
    return new Response(packCases({ ...page, cases }))
  },
})

async function forgedCase(hand: ServerHand, sealed: SealedCase, to: string): Promise<SealedCase> {
  const { chance, letter } = hand
  const { opened, key, keyNo } = await withFalseKeys(hand, sealed, sealed.id, to)
  // The keys of a former colleague are genuine, so the index shows words sealed under them.
  if (!key.isOwn) return opened
  const place = { record: SUMMARY, revision: 1 }
  const label = `oasis/v1/case-record ${sealed.id} ${SUMMARY} 1`
  const summary = { ...EMPTY_SUMMARY, title: `${FORGED} title`, tags: [`${FORGED} tag`] }
  const record = { ...place, keyNo, sealed: await sealedPart(key.bytes, label, summary) }
  const cek = await sealedContentKey(key.bytes, [sealed.id, sealed.id], letter.cek)
  const rows = await forgedRows(hand, sealed, { keyNo, bytes: key.bytes })
  // Only the hash in the case's leaf distinguishes such a case from the true case.
  const isOfLeaf = happens(chance, 50)
  const more = isOfLeaf ? 0 : chance.one([0, 0, 1])
  return {
    ...opened,
    keyRows: isOfLeaf ? rows.changed : chance.one(rows.others),
    ...(happens(chance, 70) && { records: [record] }),
    ...(happens(chance, 70) && {
      envelope: contentOf(letter.filed.envelope),
      taken: [{ id: sealed.id, caseId: sealed.id, keyNo, sealed: cek }],
    }),
    extent: { ...sealed.extent, rows: sealed.extent.rows + more },
  }
}

interface ForgedRows {
  /** a true row whose change was replaced with one that names the server's key */
  changed: SealedCase['keyRows']
  /** other rows: true rows, none, and rows under another person's signature */
  others: SealedCase['keyRows'][]
}

/** Records one of the server's keys in the rows of a case. */
async function forgedRows(
  { history }: ServerHand,
  { id, keyRows }: SealedCase,
  { keyNo, bytes }: { keyNo: number; bytes: Bytes },
): Promise<ForgedRows> {
  const keyHash = await caseKeyHash({ caseId: id, keyNo }, bytes)
  const change = JSON.stringify({ keyNo, generation: 2, keyHash })
  const [first] = keyRows
  const changed = first ? [{ ...first, change }] : []
  const { keys, roster } = history.keeper
  const other = await signCaseChange(
    { keys: { personId: keys.personId, sign: history.former.reader.by.keys.sign }, roster },
    { action: 'key.make', subject: id, change: JSON.parse(change) as object },
    { prev: toB64(NO_ROW), nowMs: Date.now() },
  )
  return { changed, others: [keyRows, [], [other, ...keyRows], [other]] }
}

const PIECE = /^GET pieces\/(\d+)(?:\/(\d+))?$/

/** Shows one of the server's pieces in place of a stored one. */
export const forgePiece: MakeLie = (hand): Lie => ({
  name: 'a forged piece',
  about: { acts: ['index'] },
  on: PIECE,
  tell: async ({ path, method, ask }, pass) => {
    const [, generation = '', n = ''] = PIECE.exec(`${method} ${path}`) ?? []
    if (n === '') return Response.json({ pieces: [{ n: 0, etag: toB64(randomBytes(8)) }] })
    const { chance, keys, history } = hand
    const team = chance.one([keys.team, keys.oldTeam, keys.oldTeam])
    const place = { generation: Number(generation), n: Number(n) }
    const json = utf8(packColumns([await forgedRead(hand, ask)]))
    const { keys: leaver } = history.former.reader.by
    const { personId } = chance.one([leaver, history.people[0]?.by.keys ?? leaver])
    const signer = { personId, sign: leaver.sign }
    const answer = await pass()
    if (happens(chance, 20)) return answer
    return new Response(await sealPiece(await pieceRoot(team.slice()), signer, place, 9, json))
  },
})

/** Forges a read case with its true extent, so that the device does not read the case again. */
async function forgedRead({ chance }: ServerHand, ask: Exchange['ask']): Promise<ReadCase> {
  const { reports } = TallyPage.parse(await (await ask('cases/tally')).json())
  const [digits, extent] = chance.one([...readTally({ reports })])
  const id = Buffer.from(digits, 'hex').toString('base64url')
  return {
    ...{ id, mergedInto: null, mergedFirst: null, day: '2026-11-01', ...extent, signed: null },
    ...{ title: `${FORGED} piece`, tags: [], risk: null, language: 'ky', marks: [], persons: '' },
    ...{ names: [], places: [], tasks: [], endedElsewhere: [], help: [] },
    ...{
      mendedElsewhere: [],
      referrals: [],
      counts: NO_COUNTS,
      handovers: [],
      readElsewhere: [],
      words: `${FORGED} piece`,
    },
  }
}

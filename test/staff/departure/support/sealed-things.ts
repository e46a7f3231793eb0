// Lists every sealed item in a copy of the stores, and in the responses to a browser.
import { fromB64, readU32, toB64, type Bytes } from '#protocol/bytes'
import { readContent } from '#protocol/report/envelope'
import { contentOf } from '#protocol/report/letter-content'
import { HASH_BYTES, READING_INDEX, REPLY_BYTES } from '#protocol/limits'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Statement } from '#protocol/staff/statement'
import { Me } from '#protocol/staff/people/people'
import type { StoredRow, StoresCopy } from './edge.ts'

/** Ids are base64url. */
export type SealedThing =
  | { is: 'case secret'; bytes: Bytes }
  | { is: 'own keys'; sealed: Bytes }
  | { is: 'master key'; salt: Bytes; sealed: Bytes }
  | { is: 'epoch key' | 'team key'; no: number; sealed: Bytes }
  /** `name` consists of the case id and the number of the key */
  | { is: 'case key'; name: string; sealed: Bytes }
  /** a case key for a caseworker; `name` as above */
  | { is: 'grant'; name: string; sealed: Bytes }
  /** `place` consists of the case id, the number of the record and its revision */
  | { is: 'record'; place: string; sealed: Bytes }
  | { is: 'content key'; caseId: string; letter: string; sealed: Bytes }
  | { is: 'letter'; envelope: Bytes }
  | { is: 'entry'; caseId: string; authors: readonly string[]; sealed: Bytes }
  /** `label` contains the piece's place, revision and writer */
  | { is: 'piece'; label: string; sealed: Bytes }
  /** a reading mark is sealed in the same way as an answer */
  | { is: 'answer' | 'reading mark'; ownerHash: Bytes; index: number; sealed: Bytes }
  /** saved views of the list, sealed to their owner */
  | { is: 'views'; sealed: Bytes }
  /** the name of the person who left, or a copy of it for a caseworker */
  | { is: 'former name'; person: string; sealed: Bytes }
  | { is: 'receiver'; id: string; sealed: Bytes }

const blob = (row: StoredRow, name: string): Bytes => row[name] as Bytes
const idIn = (row: StoredRow, name: string): string => toB64(blob(row, name))

/** R2 folders that contain complete envelopes. */
const ENVELOPES = /^(overflow|quarantine)\//

/** Lists the sealed items in both stores. */
export function thingsIn({ tables, objects }: StoresCopy): SealedThing[] {
  const from = (table: string, thing: (row: StoredRow) => SealedThing | null): SealedThing[] =>
    (tables.get(table) ?? []).map(thing).filter((each) => each !== null)
  const letterIn = (row: StoredRow): SealedThing => ({
    is: 'letter',
    envelope: blob(row, 'envelope'),
  })
  const copyIn = (is: 'epoch key' | 'team key', no: string, sealed: string) => (row: StoredRow) =>
    row[sealed] === null ? null : { is, no: Number(row[no]), sealed: blob(row, sealed) }
  const authors = [...new Set((tables.get('case_log') ?? []).map((row) => idIn(row, 'actor')))]
  return [
    ...objects
      .filter(({ key }) => key.startsWith('secrets/'))
      .map(({ bytes }): SealedThing => ({ is: 'case secret', bytes })),
    ...objects
      .filter(({ key }) => ENVELOPES.test(key))
      .map(({ bytes }): SealedThing => ({ is: 'letter', envelope: bytes })),
    ...objects.filter(({ key }) => key.startsWith('pieces/')).map(pieceIn),
    ...objects.filter(({ key }) => key === 'marks/reading').flatMap(marksIn),
    ...from('list_views', (row) => ({ is: 'views', sealed: blob(row, 'sealed') })),
    ...from('former_names', (row) => nameIn(row, 'person')),
    ...from('receivers', (row) => ({
      ...{ is: 'receiver', id: idIn(row, 'id') },
      sealed: blob(row, 'sealed'),
    })),
    ...from('name_copies', (row) => nameIn(row, 'former')),
    ...from('people', (row) => ({ is: 'own keys', sealed: blob(row, 'sealed_private') })),
    ...from('slots', (row) => ({
      is: 'master key',
      salt: blob(row, 'salt'),
      sealed: blob(row, 'sealed_master'),
    })),
    ...from('intake_keys', copyIn('epoch key', 'epoch', 'sealed')),
    ...from('epochs', copyIn('epoch key', 'epoch', 'sealed_for_recovery')),
    ...from('team_keys', copyIn('team key', 'generation', 'sealed')),
    ...from('teams', copyIn('team key', 'generation', 'sealed_for_recovery')),
    ...from('case_keys', (row) => ({
      is: 'case key',
      name: `${idIn(row, 'case_id')} ${Number(row['key_no'])}`,
      sealed: blob(row, 'sealed'),
    })),
    ...from('case_grants', (row) => ({
      is: 'grant',
      name: `${idIn(row, 'case_id')} ${Number(row['key_no'])}`,
      sealed: blob(row, 'sealed'),
    })),
    ...from('case_records', (row) => ({
      is: 'record',
      place: `${idIn(row, 'case_id')} ${Number(row['record'])} ${Number(row['revision'])}`,
      sealed: blob(row, 'sealed'),
    })),
    ...from('case_letters', (row) => ({
      is: 'content key',
      caseId: idIn(row, 'case_id'),
      letter: idIn(row, 'letter'),
      sealed: blob(row, 'sealed_cek'),
    })),
    ...from('reports', letterIn),
    ...from('follow_ups', letterIn),
    ...from('case_entries', (row) => ({
      is: 'entry',
      caseId: idIn(row, 'case_id'),
      authors,
      sealed: blob(row, 'sealed'),
    })),
    ...from('answers', (row) => ({
      is: 'answer',
      ownerHash: blob(row, 'owner_hash'),
      index: Number(row['n']),
      sealed: blob(row, 'sealed'),
    })),
  ]
}

/** A name that no reader's browser has sealed yet is still in cleartext. */
const nameIn = (row: StoredRow, person: string): SealedThing | null =>
  row['sealed'] === null
    ? null
    : { is: 'former name', person: idIn(row, person), sealed: blob(row, 'sealed') }

/** The header of a piece is not sealed: revision (4), writer (16) and signature (64). */
function pieceIn({ key, bytes }: StoresCopy['objects'][number]): SealedThing {
  const [, generation, n] = key.split('/')
  const place = `${generation} ${n} ${readU32(bytes)} ${toB64(bytes.slice(4, 20))}`
  return { is: 'piece', label: `oasis/v1/piece ${place}`, sealed: bytes.slice(84) }
}

/** A mark consists of the owner hash, the expiry time (8) and the sealed mark. */
function marksIn({ bytes }: StoresCopy['objects'][number]): SealedThing[] {
  const marks: SealedThing[] = []
  const length = HASH_BYTES + 8 + REPLY_BYTES
  for (let at = 0; at < bytes.length; at += length) {
    const ownerHash = bytes.slice(at, at + HASH_BYTES)
    const sealed = bytes.slice(at + length - REPLY_BYTES, at + length)
    marks.push({ is: 'reading mark', ownerHash, index: READING_INDEX, sealed })
  }
  return marks
}

/** Lists the sealed things in the responses of the edge. @param received  JSON texts */
export const thingsReceived = (received: readonly string[]): SealedThing[] =>
  received.flatMap((text) => {
    const json: unknown = text === '' ? null : JSON.parse(text)
    const [me, report] = [Me.safeParse(json), StoredCase.safeParse(json)]
    return [
      ...(me.success ? thingsOf(me.data) : []),
      ...(report.success ? inReport(report.data) : []),
    ]
  })

const thingsOf = ({ keys, intake, team }: Me): SealedThing[] => [
  { is: 'own keys', sealed: fromB64(keys.sealedPrivate) },
  ...intake.map((copy) => copyOf('epoch key', copy.epoch, copy.sealed)),
  ...team.map((copy) => copyOf('team key', copy.generation, copy.sealed)),
]

const copyOf = (is: 'epoch key' | 'team key', no: number, sealed: string): SealedThing => ({
  ...{ is, no },
  sealed: fromB64(sealed),
})

function inReport(report: StoredCase): SealedThing[] {
  const { item, envelope, followUps, log, taken, caseKeys, secrets, entries, answers } = report
  const { grants, records } = report
  const { ownerHash } = readContent(contentOf(fromB64(envelope)))
  const authors = log.map(({ statement }) => Statement.parse(JSON.parse(statement)).actor)
  return [
    ...secrets.map(({ secret }): SealedThing => ({ is: 'case secret', bytes: fromB64(secret) })),
    ...caseKeys.map(({ caseId, keyNo, sealed }): SealedThing => ({
      is: 'case key',
      name: `${caseId} ${keyNo}`,
      sealed: fromB64(sealed),
    })),
    ...grants.map(({ caseId, keyNo, sealed }): SealedThing => ({
      is: 'grant',
      name: `${caseId} ${keyNo}`,
      sealed: fromB64(sealed),
    })),
    ...records.map(({ record, revision, sealed }): SealedThing => ({
      is: 'record',
      place: `${item.id} ${record} ${revision}`,
      sealed: fromB64(sealed),
    })),
    ...taken.map(({ caseId, id: letter, sealed }): SealedThing => ({
      ...{ is: 'content key', caseId, letter },
      sealed: fromB64(sealed),
    })),
    ...[envelope, ...followUps.map((letter) => letter.envelope)].map((each): SealedThing => ({
      is: 'letter',
      envelope: fromB64(each),
    })),
    ...entries.map(({ sealed }): SealedThing => ({
      ...{ is: 'entry', caseId: item.id, authors },
      sealed: fromB64(sealed),
    })),
    ...answers.map(({ index, sealed }): SealedThing => ({
      ...{ is: 'answer', ownerHash, index },
      sealed: fromB64(sealed),
    })),
  ]
}

// Lists the sealed items in browsers' requests, as a server sees them.
import { fromB64, readU32, toB64, type Bytes } from '#protocol/bytes'
import {
  Assignment,
  Merging,
  NewCaseKey,
  NewEntry,
  NewRecord,
  NewReply,
  NewTaking,
  type CaseGrant,
} from '#protocol/staff/case-log/bodies'
import { KeyMake, LettersTake, RecordSet, ReplyChange } from '#protocol/staff/case-log/changes'
import { Rewrapping } from '#protocol/staff/list/case-pages'
import { EpochOpening, TeamOpening } from '#protocol/staff/people/sealed-keys'
import { TeamOpen, EpochOpen } from '#protocol/staff/ledger/keys'
import type { SealedThing } from '../../departure/support/sealed-things.ts'
import type { Exchange } from './world.ts'

/** A request that changes something. */
export type Sent = Pick<Exchange, 'method' | 'path' | 'body'>

/** The people who may have signed an entry, and the numbers to which a reply may be sealed. */
interface Known {
  authors: readonly string[]
  /** the owner hashes that a report's number may have */
  ownersOf: (id: string) => Bytes[]
}

const grantThing = ({ caseId, keyNo, sealed }: CaseGrant): SealedThing => ({
  ...{ is: 'grant', name: `${caseId} ${keyNo}` },
  sealed: fromB64(sealed),
})

/**
 * Lists the sealed items in a request. A request with a binary body contains a piece or a
 * checkpoint.
 */
export function thingsSent({ method, path, body }: Sent, known: Known): SealedThing[] {
  if (method === 'GET') return []
  const [, generation = '', n = ''] = /^pieces\/(\d+)\/(\d+)/.exec(path) ?? []
  if (typeof body !== 'string') return n === '' ? [] : [pieceThing(body, generation, n)]
  const json: unknown = body === '' ? {} : JSON.parse(body)
  const [, id = '', route = ''] = /^reports\/([\w-]{22})\/(\w+)$/.exec(path) ?? []
  if (path === 'case-keys/rewrap')
    return Rewrapping.parse(json).keys.map((key) => ({
      ...{ is: 'case key', name: `${key.caseId} ${key.keyNo}` },
      sealed: fromB64(key.sealed),
    }))
  if (path === 'teams') return copiesIn('team key', TeamOpening.parse(json))
  if (path === 'epochs') return copiesIn('epoch key', EpochOpening.parse(json))
  return id === '' ? [] : inCase(id, route, json, known)
}

function pieceThing(bytes: Bytes, generation: string, n: string): SealedThing {
  const place = `${generation} ${n} ${readU32(bytes)} ${toB64(bytes.slice(4, 20))}`
  return { is: 'piece', label: `oasis/v1/piece ${place}`, sealed: bytes.slice(84) }
}

function copiesIn(
  is: 'team key' | 'epoch key',
  { signed, sealed }: TeamOpening | EpochOpening,
): SealedThing[] {
  const change: unknown = JSON.parse(signed.change)
  const no = is === 'team key' ? TeamOpen.parse(change).generation : EpochOpen.parse(change).epoch
  return sealed.map((copy) => ({ is, no, sealed: fromB64(copy.sealed) }))
}

function inCase(id: string, route: string, json: unknown, known: Known): SealedThing[] {
  const entry = (sealed: string): SealedThing => ({
    ...{ is: 'entry', caseId: id, authors: known.authors },
    sealed: fromB64(sealed),
  })
  const changeIn = ({ signed }: { signed: { change: string } }): unknown =>
    JSON.parse(signed.change)
  switch (route) {
    case 'keys': {
      const made = NewCaseKey.parse(json)
      const { keyNo } = KeyMake.parse(changeIn(made))
      const name = `${id} ${keyNo}`
      const grant = made.grant === undefined ? [] : [{ caseId: id, keyNo, sealed: made.grant }]
      return [
        { is: 'case secret', bytes: fromB64(made.secret) },
        { is: 'case key', name, sealed: fromB64(made.sealed) },
        ...grant.map(grantThing),
      ]
    }
    case 'letters': {
      const taking = NewTaking.parse(json)
      return LettersTake.parse(changeIn(taking)).letters.map(({ id: letter }, at) => ({
        ...{ is: 'content key', caseId: id, letter },
        sealed: fromB64(taking.sealed[at] ?? ''),
      }))
    }
    case 'entries':
    case 'danger':
      return [entry(NewEntry.parse(json).sealed)]
    case 'records': {
      const written = NewRecord.parse(json)
      const { record, revision } = RecordSet.parse(changeIn(written))
      const place = `${id} ${record} ${revision}`
      return [{ is: 'record', place, sealed: fromB64(written.sealed) }]
    }
    case 'answers': {
      const reply = NewReply.parse(json)
      const { report = id, index } = ReplyChange.parse(changeIn(reply))
      const sealed = fromB64(reply.sealed)
      return known.ownersOf(report).map((ownerHash) => ({ is: 'answer', ownerHash, index, sealed }))
    }
    case 'assignee': {
      const { grants, reason } = Assignment.parse(json)
      return [...grants.map(grantThing), ...(reason === undefined ? [] : [entry(reason)])]
    }
    case 'merge':
      return Merging.parse(json).grants.map(grantThing)
    default:
      return []
  }
}

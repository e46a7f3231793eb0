// Sorts the ledger rows into the kinds by which a reader can filter.
import type { LedgerAction } from '#protocol/staff/actions'
import { type ReadRow } from '../ledger/read-rows.ts'

export const ROW_KINDS = [
  'all',
  'people',
  'invitations',
  'keys',
  'discards',
  'templates',
  'root',
] as const
export type RowKind = (typeof ROW_KINDS)[number]

const KIND_OF: Readonly<Record<LedgerAction, Exclude<RowKind, 'all'>>> = {
  'org.begin': 'root',
  'person.certify': 'root',
  'invitation.create': 'invitations',
  'invitation.withdraw': 'invitations',
  'person.join': 'people',
  'person.confirm': 'people',
  'person.refuse': 'people',
  'person.remove': 'people',
  'person.rekey': 'people',
  'person.rename': 'people',
  'keeper.certify': 'root',
  'epoch.open': 'keys',
  'epoch.retire': 'keys',
  'epoch.end': 'keys',
  'team.open': 'keys',
  'team.end': 'keys',
  'keys.lose': 'keys',
  'recovery.renew': 'root',
  'checkpoint.sign': 'keys',
  'ledger.restart': 'root',
  'reports.discard': 'discards',
  'discard.withdraw': 'discards',
  'rota.set': 'people',
  'quiet.set': 'people',
  'template.set': 'templates',
  'receiver.set': 'people',
  'figures.leave': 'keys',
}

export const isOfKind = ({ action }: ReadRow, kind: RowKind): boolean =>
  kind === 'all' || KIND_OF[action] === kind

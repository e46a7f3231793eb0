// Contains a sample change for each action on a case that has one key and no further rows.
import { randomBytes, toB64 } from '#protocol/bytes'
import type { CaseAction, ChangeOf } from '#protocol/staff/actions'
import { KEY_HASH } from './case-log.ts'

const hash = (): string => toB64(randomBytes(32))
const id = (): string => toB64(randomBytes(16))
const READ = { followUps: 0, absorbed: 0 }
const entry = () => ({ keyNo: 1, entryHash: hash() })

export const CASE_SAMPLES: { readonly [Of in CaseAction]: () => ChangeOf<Of> } = {
  'status.set': () => ({ from: 'new', to: 'closed', followUps: 0, reason: 'helped' }),
  'key.make': () => ({ keyNo: 2, generation: 1, keyHash: KEY_HASH }),
  'letters.take': () => ({ keyNo: 1, letters: [{ id: id(), contentHash: hash() }] }),
  'entry.add': entry,
  'record.set': () => ({ keyNo: 1, record: 0, revision: 1, recordHash: hash() }),
  'answer.send': () => ({ index: 0, sealedHash: hash(), followUps: 0 }),
  'danger.set': () => ({ danger: false, ...entry(), followUps: 0 }),
  'case.assign': () => ({ from: null, to: id(), isGranted: false, followUps: 0 }),
  'case.return': () => ({}),
  'case.merge': () => ({ into: id() }),
  'case.absorb': () => ({ from: id(), head: hash(), also: [] }),
  'letter.enter': () => ({ contentHash: hash() }),
  'referral.make': () => ({ ...entry(), ...READ, fileHash: hash(), second: 'before' }),
  'referral.confirm': () => ({ ...entry(), ...READ, of: { row: 2, hash: hash() } }),
  'referral.mark': () => ({
    ...{ ...entry(), ...READ, of: { row: 2, hash: hash() } },
    ...{ from: 'made', to: 'revoked' },
  }),
}

// Makes staff members who sign rows of a test ledger with the app's keys.
import { fromB64 } from '#protocol/bytes'
import type { Writer } from '#test/protocol/support/ledger.ts'
import { staffed, type Staffed } from './people.ts'

export interface Member {
  staff: Staffed
  writer: Writer
}

export async function member(): Promise<Member> {
  const staff = await staffed()
  const { signPublic, hpkePublic } = staff.me.keys
  const signing = { publicKey: fromB64(signPublic), privateKey: staff.keys.sign }
  const keys = { signPublic, hpkePublic }
  return { staff, writer: { id: staff.me.id, signing, keys, nameHash: staff.named.nameHash } }
}

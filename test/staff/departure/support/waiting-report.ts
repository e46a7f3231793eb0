import { sha256, toB64, utf8 } from '#protocol/bytes'
import { dayOf } from '#protocol/time'
import { tell, type Filed } from '#test/staff/support/people.ts'
import type { MemoryEdge } from './edge.ts'
import type { Office } from './office.ts'

/** Puts a letter from epoch 1 into R2, as the edge does while the database fails. */
export async function putWaiting(
  { putObject }: Pick<MemoryEdge, 'putObject'>,
  { envelope, id, receipt }: Filed,
  partition: '0' | 'followup' = '0',
): Promise<void> {
  const mark = { state: 'waits', waiting: '1', aside: '0' }
  putObject({ key: 'marks/waiting', bytes: utf8('waits'), metadata: mark })
  const metadata = {
    ...{ 'report-id': id, 'sealed-by': 'device', 'received-day': dayOf(Date.now()), epoch: '1' },
    ...(partition === 'followup' && { 'token-hash': toB64(await sha256(receipt.write)) }),
  }
  putObject({ key: `overflow/${partition}/${id}`, bytes: envelope, metadata })
}

export const putWaitingReport = async (office: Office, text: string): Promise<void> =>
  putWaiting(office.edge, await tell(await office.published(1), { text }))

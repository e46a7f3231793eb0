import { utf8 } from '#protocol/bytes'
import { dayOf } from '#protocol/time'
import { tell } from '#test/staff/support/people.ts'
import type { Office } from './office.ts'

/** Puts a report into R2, as the edge does while the database fails. */
export async function putWaitingReport(office: Office, text: string): Promise<void> {
  const { envelope, id } = await tell(await office.published(1), { text })
  const receivedDay = dayOf(Date.now())
  const metadata = { reportId: id, sealedBy: 'device', receivedDay, epoch: '1' }
  const mark = { state: 'waits', waiting: '1', aside: '0' }
  const { edge } = office
  edge.putObject({ key: 'marks/waiting', bytes: utf8('waits'), metadata: mark })
  edge.putObject({ key: `overflow/0/${id}`, bytes: envelope, metadata })
}

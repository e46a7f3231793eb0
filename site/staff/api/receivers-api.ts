// Defines the staff app's requests about receivers and the files of referrals.
import { type Bytes } from '#protocol/bytes'
import { ReceiverList, type SealedReceiver } from '#protocol/staff/receivers'
import { ask, askBytes, nothing, sendBytes } from './client.ts'

export const fetchReceivers = (): Promise<ReceiverList> =>
  ask({ method: 'GET', path: 'receivers', answer: ReceiverList })

/** Stores a record that was sealed under a newer generation of the team key. */
export const sendSealedReceiver = (id: string, body: SealedReceiver): Promise<null> =>
  ask({ method: 'PUT', path: `receivers/${encodeURIComponent(id)}/sealed`, body, answer: nothing })

const fileOf = (caseId: string, hash: string): string =>
  `reports/${encodeURIComponent(caseId)}/referral-files/${hash}`

export const sendReferralFile = (caseId: string, hash: string, sealed: Bytes): Promise<void> =>
  sendBytes('PUT', fileOf(caseId, hash), sealed)

export const fetchReferralFile = (caseId: string, hash: string): Promise<Bytes> =>
  askBytes(fileOf(caseId, hash))

// Lists the staff app's requests about the ledger.
import { ChainHead, type SignedChange } from '#protocol/staff/chain'
import { LedgerPage } from '#protocol/staff/ledger'
import { ask, nothing } from './client.ts'

export const fetchLedgerHead = (): Promise<ChainHead> =>
  ask({ method: 'GET', path: 'ledger/head', answer: ChainHead })

/** @param after  the number of the last row that is already here */
export const fetchLedgerPage = (after: number): Promise<LedgerPage> =>
  ask({ method: 'GET', path: `ledger?after=${after}`, answer: LedgerPage })

export const postRestart = (change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: 'ledger/restart', body: change, answer: nothing })

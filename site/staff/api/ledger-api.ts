// Defines the staff app's requests about the ledger.
import { ChainHead } from '#protocol/staff/chain'
import { LedgerPage } from '#protocol/staff/ledger/rows'
import { ask } from './client.ts'

export const fetchLedgerHead = (): Promise<ChainHead> =>
  ask({ method: 'GET', path: 'ledger/head', answer: ChainHead })

/** @param after  the number of the last row that has already been fetched */
export const fetchLedgerPage = (after: number): Promise<LedgerPage> =>
  ask({ method: 'GET', path: `ledger?after=${after}`, answer: LedgerPage })

// Describes a call that does not require a session: its route, the response, and the objects that
// it stores. The call uses only facts that a stranger knows.
import type { Bytes } from '#protocol/bytes'
import type { Kind } from '#protocol/report/envelope'
import type { ReceiptKeys } from '#protocol/report/receipt'

/** A stranger's knowledge: their own report, and a challenge that the edge has issued. */
export interface Stranger {
  origin: string
  /** the staff host */
  staffOrigin: string
  seal: (own: ReceiptKeys, kind?: Kind) => Promise<Bytes>
  own: ReceiptKeys
  /** the envelope of a stored report */
  stored: Bytes
  challengeId: string
}

export interface AnonymousCall {
  name: string
  /** method and pattern, as in the router */
  route: string
  stores: 'nothing' | 'a report' | 'a chunk' | 'an end'
  status: number
  /** makes the request; `at` is the number of the request */
  request: (at: number) => Promise<[path: string, init: RequestInit]>
}

type Request = ReturnType<AnonymousCall['request']> | [path: string, init: RequestInit]

/** Returns a function that describes calls, all of which store the same kind of object. */
export const describeCall =
  (stores: AnonymousCall['stores']) =>
  (
    route: string,
    name: string,
    status: number,
    request: (at: number) => Request,
  ): AnonymousCall => ({ stores, route, name, status, request: async (at) => request(at) })

// Imitates the staff API of a local server: serves a ledger and adds the rows that it receives.
import { createServer, type IncomingMessage } from 'node:http'
import { fromB64, toB64 } from '#protocol/bytes'
import { NO_ROW, rowHash, SignedChange } from '#protocol/staff/chain'
import type { Me } from '#protocol/staff/people/people'
import type { LedgerRow } from '#protocol/staff/ledger/rows'

export interface StaffServer {
  origin: string
  rows: LedgerRow[]
  /** `GET /api/staff/ledger/head`, in order */
  asked: string[]
  /** bodies of changes, in order */
  posted: unknown[]
  /** number of changes that the server will still refuse, because another change came first */
  refusals: number
  head: () => Promise<string>
  close: () => void
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown
}

const signedIn = (body: unknown): SignedChange =>
  SignedChange.parse(typeof body === 'object' && body && 'signed' in body ? body.signed : body)

/** @param member  the signed-in member, whose sealed keys the server stores */
export async function serveStaff(
  rows: LedgerRow[],
  { me, session }: { me: Me; session: string },
): Promise<StaffServer> {
  const server: StaffServer = {
    origin: '',
    rows: [...rows],
    asked: [],
    posted: [],
    refusals: 0,
    head: async () => {
      let hash = NO_ROW
      for (const { statement, signature } of server.rows)
        hash = await rowHash(hash, { statement, signature: fromB64(signature) })
      return toB64(hash)
    },
    close: () => {
      http.close()
      http.closeAllConnections()
    },
  }
  const answer = async (request: IncomingMessage): Promise<[number, unknown]> => {
    const { method = '', url = '' } = request
    server.asked.push(`${method} ${url}`)
    if (request.headers.cookie !== `__Host-oasis=${session}`) return [401, {}]
    if (method === 'GET' && url === '/api/staff/ledger/head')
      return [200, { head: await server.head() }]
    if (method === 'GET' && url === '/api/staff/me') return [200, me]
    if (method === 'GET') return [200, { rows: server.rows, next: null }]
    const body = await bodyOf(request)
    if (server.refusals-- > 0) return [409, { error: { code: 'chain_moved' } }]
    server.posted.push(body)
    server.rows.push(signedIn(body))
    return [201, {}]
  }
  const http = createServer((request, response) => {
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  const address = http.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  server.origin = `http://127.0.0.1:${port}`
  return server
}

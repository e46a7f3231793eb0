// Counts the database rows that each route reads and writes, with few and many stored reports.
import { ownerHashOf } from '#protocol/report/receipt'
import { KIND, reportIdOf } from '#protocol/report/envelope'
import { REPLY_BYTES } from '#protocol/limits'
import { randomBytes, toB64 } from '#protocol/bytes'
import { addStaff, type BenchStaff } from '#scripts/lab/bench/fill-database'
import { assertion } from '#scripts/lab/bench/passkey'
import {
  formRequest,
  freshKeys,
  inboxRequest,
  reportRequest,
  sealedReport,
} from '#scripts/lab/bench/requests'
import type { Bench } from '#scripts/lab/bench/harness'
import type { Organisation } from '#scripts/org/organisation'

export interface RouteRows {
  route: string
  read: number
  written: number
  bound: number | null
}

type Ask = (
  route: string,
  path: string,
  init: RequestInit,
  bound?: number | null,
) => Promise<Response>

/** Returns a function that sends a request and adds its rows to `found`. */
const askerOf =
  (bench: Bench, found: RouteRows[]): Ask =>
  async (route, path, init, bound = null) => {
    const answer = await bench.send(path, init)
    const [read = NaN, written = NaN] = (answer.headers.get('bench-rows') ?? '')
      .split(' ')
      .map(Number)
    if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`)
    found.push({ route, read, written, bound })
    return answer
  }

const headersOf = ({ staffOrigin }: Bench, { token }: BenchStaff) => ({
  cookie: `__Host-oasis=${toB64(token)}`,
  origin: staffOrigin,
})

async function askQueue(ask: Ask, headers: Record<string, string>): Promise<void> {
  const queue = await ask('queue, first page', '/api/staff/reports', { headers }, 100)
  const { next } = (await queue.json()) as { next: string | null }
  if (next === null) return
  const path = `/api/staff/reports?after=${encodeURIComponent(next)}`
  await ask('queue, next page', path, { headers }, 100)
}

/** Counts the rows of two pages of the queue. */
export async function rowsOfQueue(bench: Bench): Promise<RouteRows[]> {
  const found: RouteRows[] = []
  await askQueue(askerOf(bench, found), headersOf(bench, await addStaff(bench.database)))
  return found
}

export async function rowsOfRoutes(bench: Bench, organisation: Organisation): Promise<RouteRows[]> {
  const found: RouteRows[] = []
  const ask = askerOf(bench, found)
  const staff = await addStaff(bench.database)
  const { person, passkey } = staff
  const headers = headersOf(bench, staff)
  const post = (body: unknown): RequestInit => ({
    method: 'POST',
    body: JSON.stringify(body),
    headers: { ...headers, 'content-type': 'application/json' },
  })

  const own = await freshKeys()
  const envelope = await sealedReport(organisation, own)
  const followUp = await sealedReport(organisation, own, KIND.followUp)
  await ask('keys', '/api/keys', {})
  await ask('sealed report', '/api/reports', reportRequest(envelope), 5)
  await ask('the same report again', '/api/reports', reportRequest(envelope), 5)
  await ask('follow-up', '/api/reports', reportRequest(followUp, own.write), 9)
  await ask('plain form', '/api/form/ky', formRequest(), 5)
  await bench.database
    .prepare('INSERT INTO answers (owner_hash, n, day, sealed) VALUES (?, 0, ?, ?)')
    .bind(await ownerHashOf(own.lookup), '2026-01-01', randomBytes(REPLY_BYTES))
    .run()
  await ask('inbox, a known number', '/api/inbox', inboxRequest(own.lookup), 3)
  await ask('inbox, an unknown number', '/api/inbox', inboxRequest(), 3)
  const offered = await ask('sign-in, challenge', '/api/staff/sign-in/options', post({}))
  const { challengeId, options } = (await offered.json()) as {
    challengeId: string
    options: { challenge: string }
  }
  const response = await assertion(passkey, {
    challenge: options.challenge,
    origin: bench.staffOrigin,
    owner: person,
  })
  await ask('sign-in', '/api/staff/sign-in', post({ challengeId, response }))
  await ask('who I am', '/api/staff/me', { headers })
  await ask('counts', '/api/staff/counts', { headers })
  await askQueue(ask, headers)
  const id = toB64(await reportIdOf(envelope))
  await ask('open a report', `/api/staff/reports/${id}`, { headers })
  return found
}

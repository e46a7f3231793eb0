// Sends requests to the edge as a member of intake. Signs each change to follow the case log's
// head, and signs it again if a colleague's change came first.
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import { ChainHead, statementMessage, type SignedChange } from '#protocol/staff/chain'
import { STATEMENT_VERSION, type Statement } from '#protocol/staff/statement'
import type { Action } from '#protocol/staff/actions'
import { dayOf } from '#protocol/time'
import { askEdge, type SimulatedActor } from '#scripts/lab/simulate/actors/simulated-actor'
import { STAFF_ORIGIN } from '#scripts/lab/simulate/bindings'
import type { ClientAnswer } from '#scripts/lab/simulate/edge'
import { ONLY_ROW } from '#scripts/lab/simulate/only-row'
import type { SimulatedMember } from '#scripts/lab/simulate/organisation'
import type { SentRequest } from '#scripts/lab/simulate/sent-requests'

const TRIES = 3

export interface ActingMember extends SimulatedActor {
  member: SimulatedMember
  cookie: string
}

/** Returns the parsed JSON of a response with status 200, or null. */
export async function read({ cookie, ...actor }: ActingMember, path: string): Promise<unknown> {
  const answer = await askEdge(actor, path, { headers: { cookie } })
  return answer?.status === 200 ? jsonOf(answer) : null
}

const jsonOf = ({ bytes }: ClientAnswer): unknown => JSON.parse(new TextDecoder().decode(bytes))

const ROUTES = {
  'status.set': ['PUT', 'status'],
  'key.make': ['POST', 'keys'],
  'letters.take': ['POST', 'letters'],
  'answer.send': ['POST', 'answers'],
} as const

/** Sends a change, and signs it again each time the edge responds that the log has grown. */
export async function sendChange(
  { cookie, member, ...actor }: ActingMember,
  action: keyof typeof ROUTES,
  id: string,
  plainChange: unknown,
  beside: object | null = null,
  note: (statement: string, request: SentRequest) => unknown = () => undefined,
): Promise<void> {
  const change = JSON.stringify(plainChange)
  const [method, part] = ROUTES[action]
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const head = ChainHead.safeParse(
      await read({ cookie, member, ...actor }, `/api/staff/reports/${id}/head`),
    )
    if (!head.success) return
    const signed = await sign(actor, member, action, id, change, head.data.head)
    const init = {
      method,
      body: JSON.stringify(beside ? { signed, ...beside } : signed),
      headers: { cookie, origin: STAFF_ORIGIN, 'content-type': 'application/json' },
    }
    const requests: SentRequest[] = []
    const answering = askEdge(actor, `/api/staff/reports/${id}/${part}`, init, requests)
    for (const request of requests) {
      actor.world.record.changes.push({ statement: signed.statement, request })
      note(signed.statement, request)
    }
    const answer = await answering
    if (answer?.request.code !== 'chain_moved') return
  }
}

async function sign(
  { world }: SimulatedActor,
  { id, signPrivate }: SimulatedMember,
  action: Action,
  subject: string,
  change: string,
  prev: string,
): Promise<SignedChange> {
  const statement: Statement = {
    v: STATEMENT_VERSION,
    actor: toB64(id),
    action,
    subject,
    at: dayOf(world.wallClock()),
    changeHash: toB64(await sha256(utf8(change))),
    prev,
    ledger: ONLY_ROW,
  }
  const text = JSON.stringify(statement)
  return {
    change,
    statement: text,
    signature: toB64(await signBytes(signPrivate, statementMessage('case-log', text))),
  }
}

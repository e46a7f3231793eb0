// Acts as a member of intake: reads the queue and a report, replies and sets the status. The member
// signs each change for the head of the case's log, and signs again when a colleague was faster.
import { fromB64, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { fileId } from '#protocol/file/seal-chunk'
import { signBytes } from '#protocol/keys/signatures'
import { REPLY_BYTES } from '#protocol/limits'
import { contentOf, hasWrap, readContent } from '#protocol/report/letter-content'
import {
  ChainHead,
  statementMessage,
  type Action,
  type SignedChange,
  type Statement,
} from '#protocol/staff/chain'
import { type LettersTake } from '#protocol/staff/case-changes'
import { CASE_KEY_BYTES } from '#protocol/staff/case-bodies'
import { OpenedReport, Queue } from '#protocol/staff/cases'
import { dayOf } from '#protocol/time'
import { askEdge, pauseUpTo, type SimulatedActor } from '#scripts/lab/simulate/actors/client'
import { STAFF_ORIGIN } from '#scripts/lab/simulate/bindings'
import type { ClientAnswer } from '#scripts/lab/simulate/edge'
import type { SimulatedMember } from '#scripts/lab/simulate/organisation'
import { sha256Hex, type SentRequest } from '#scripts/lab/simulate/record'
import { addSession } from '#scripts/lab/simulate/manual-rows'

const PAUSE_MS = 40_000
const SESSION_MS = 8 * 3_600_000
const TRIES = 3

interface Colleague extends SimulatedActor {
  member: SimulatedMember
  cookie: string
}

/** Works through the queue for a few minutes. */
export async function playMember(actor: SimulatedActor, member: SimulatedMember): Promise<void> {
  const colleague: Colleague = { ...actor, member, cookie: '' }
  for (let at = 1 + actor.chance.below(3); at > 0; at--) {
    await pauseUpTo(actor, PAUSE_MS)
    await signIn(colleague)
    const queue = Queue.safeParse(await read(colleague, '/api/staff/reports'))
    const items = queue.success ? queue.data.items : []
    if (items.length > 0) await workOn(colleague, actor.chance.one(items).id)
  }
}

/** Signs in again when the clock may have ended the session. */
async function signIn(colleague: Colleague): Promise<void> {
  const { world, chance, member } = colleague
  const token = chance.bytes(32)
  colleague.cookie = `__Host-oasis=${toB64(token)}`
  const expiresAt = world.wallClock() + SESSION_MS
  addSession(world.database, await sha256(token), member.id, expiresAt)
}

async function read({ cookie, ...actor }: Colleague, path: string): Promise<unknown> {
  const answer = await askEdge(actor, path, { headers: { cookie } })
  return answer?.status === 200 ? jsonOf(answer) : null
}

const jsonOf = ({ bytes }: ClientAnswer): unknown => JSON.parse(new TextDecoder().decode(bytes))

async function workOn(colleague: Colleague, id: string): Promise<void> {
  const opened = OpenedReport.safeParse(await read(colleague, `/api/staff/reports/${id}`))
  if (!opened.success) return
  const { answerable, item } = opened.data
  if (colleague.chance.below(2) === 0) await takeLetters(colleague, id, opened.data)
  if (colleague.chance.below(2) === 0) await askForFile(colleague, fromB64(id))
  if (answerable && colleague.chance.below(3) > 0) return reply(colleague, id, opened.data)
  const to = colleague.chance.one(
    (['in_progress', 'closed', 'new'] as const).filter((status) => status !== item.status),
  )
  const reason = to === 'closed' ? { reason: 'helped' } : {}
  const change = { from: item.status, to, followUps: item.followUps, ...reason }
  await sendSigned(colleague, 'status.set', id, change)
}

/**
 * Makes the next key of the case, and takes the letters in. The sealed bytes are noise, because the
 * edge opens nothing.
 */
async function takeLetters(
  colleague: Colleague,
  id: string,
  { envelope, followUps, caseKeys, shares }: OpenedReport,
): Promise<void> {
  const { chance, world } = colleague
  const newest = Math.max(0, ...caseKeys.filter((key) => key.caseId === id).map(keyNoOf))
  const isNew = newest === 0 || chance.below(4) === 0
  const keyNo = isNew ? newest + 1 : newest
  if (isNew) {
    const own = shares.find(({ caseId }) => caseId === id)
    const share = own?.share ?? toB64(chance.bytes(CASE_KEY_BYTES))
    const beside = { share, sealed: toB64(chance.bytes(88)) }
    await sendSigned(colleague, 'key.make', id, { keyNo, generation: 1 }, beside)
  }
  const untaken = [{ id, envelope }, ...followUps].filter((each) => hasWrap(fromB64(each.envelope)))
  const letters: LettersTake['letters'] = []
  for (const letter of untaken) {
    const whole = fromB64(letter.envelope)
    const content = contentOf(whole)
    world.record.whole.set(sha256Hex(content), whole)
    letters.push({ id: letter.id, contentHash: toB64(await sha256(content)) })
  }
  if (letters.length === 0) return
  const sealed = letters.map(() => toB64(chance.bytes(60)))
  await sendSigned(colleague, 'letters.take', id, { keyNo, letters }, { sealed })
}

const keyNoOf = ({ keyNo }: { keyNo: number }): number => keyNo

/** Asks for the first file of a report, as the app does for each file that the report lists. */
async function askForFile(colleague: Colleague, report: Bytes): Promise<void> {
  const file = toB64(fileId(report, 0))
  const arrived = await read(colleague, `/api/staff/files/${file}`)
  if (arrived !== null) colleague.world.record.claimed.add(file)
}

async function reply(colleague: Colleague, id: string, opened: OpenedReport): Promise<void> {
  const { chance, world } = colleague
  const slot = opened.answers.length
  const sealed = chance.bytes(REPLY_BYTES)
  const sealedHash = toB64(await sha256(sealed))
  const change = { slot, sealedHash, followUps: opened.item.followUps }
  const ownerHash = toB64(readContent(contentOf(fromB64(opened.envelope))).ownerHash)
  const beside = { sealed: toB64(sealed) }
  await sendSigned(colleague, 'answer.send', id, change, beside, (statement, request) =>
    world.record.replies.push({
      ...{ report: id, slot, sealedHash: sha256Hex(sealed), ownerHash },
      ...{ statement, request },
    }),
  )
}

const ROUTES = {
  'status.set': ['PUT', 'status'],
  'key.make': ['POST', 'keys'],
  'letters.take': ['POST', 'letters'],
  'answer.send': ['POST', 'answers'],
} as const

/** Sends a change, and signs the change again while the edge answers that the log is longer. */
async function sendSigned(
  { cookie, member, ...actor }: Colleague,
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
    v: 1,
    actor: toB64(id),
    action,
    subject,
    at: dayOf(world.wallClock()),
    changeHash: toB64(await sha256(utf8(change))),
    prev,
  }
  const text = JSON.stringify(statement)
  return {
    change,
    statement: text,
    signature: toB64(await signBytes(signPrivate, statementMessage(action, text))),
  }
}

// Plays a member of intake: reads the queue and a report, replies and sets the status.
import { fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { fileId } from '#protocol/file/seal-chunk'
import { HASH_BYTES, REPLY_BYTES } from '#protocol/limits'
import { readContent } from '#protocol/report/envelope'
import { contentOf, hasWrap } from '#protocol/report/letter-content'
import { type LettersTake } from '#protocol/staff/case-log/changes'
import { CASE_KEY_BYTES } from '#protocol/staff/case-log/bodies'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Queue } from '#protocol/staff/list/queue'
import { pauseUpTo, type SimulatedActor } from '#scripts/lab/simulate/actors/simulated-actor'
import { read, sendChange, type ActingMember } from '#scripts/lab/simulate/actors/colleague'
import type { SimulatedMember } from '#scripts/lab/simulate/organisation'
import { sha256Hex } from '#scripts/lab/simulate/record'
import { addSession } from '#scripts/lab/simulate/manual-rows'

const PAUSE_MS = 40_000
const SESSION_MS = 8 * 3_600_000

/** Works through the queue for a few minutes. */
export async function playMember(actor: SimulatedActor, member: SimulatedMember): Promise<void> {
  const colleague: ActingMember = { ...actor, member, cookie: '' }
  for (let at = 1 + actor.chance.below(3); at > 0; at--) {
    await pauseUpTo(actor, PAUSE_MS)
    await signIn(colleague)
    const queue = Queue.safeParse(await read(colleague, '/api/staff/reports'))
    const items = queue.success ? queue.data.items : []
    if (items.length > 0) await workOn(colleague, actor.chance.one(items).id)
  }
}

/** Signs in again when the clock may have ended the session. */
async function signIn(colleague: ActingMember): Promise<void> {
  const { world, chance, member } = colleague
  const token = chance.bytes(32)
  colleague.cookie = `__Host-oasis=${toB64(token)}`
  const expiresAt = world.wallClock() + SESSION_MS
  addSession(world.database, await sha256(token), member.id, expiresAt)
}

async function workOn(colleague: ActingMember, id: string): Promise<void> {
  const opened = StoredCase.safeParse(await read(colleague, `/api/staff/reports/${id}`))
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
  await sendChange(colleague, 'status.set', id, change)
}

/**
 * Makes the next key of the case, and takes the letters. The sealed bytes are noise, because the
 * edge opens nothing.
 */
async function takeLetters(
  colleague: ActingMember,
  id: string,
  { envelope, followUps, caseKeys, secrets }: StoredCase,
): Promise<void> {
  const { chance, world } = colleague
  const newest = Math.max(0, ...caseKeys.filter((key) => key.caseId === id).map(keyNoOf))
  const isNew = newest === 0 || chance.below(4) === 0
  const keyNo = isNew ? newest + 1 : newest
  if (isNew) {
    const own = secrets.find(({ caseId }) => caseId === id)
    const secret = own?.secret ?? toB64(chance.bytes(CASE_KEY_BYTES))
    const beside = { secret, sealed: toB64(chance.bytes(88)) }
    const keyHash = toB64(chance.bytes(HASH_BYTES))
    await sendChange(colleague, 'key.make', id, { keyNo, generation: 1, keyHash }, beside)
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
  await sendChange(colleague, 'letters.take', id, { keyNo, letters }, { sealed })
}

const keyNoOf = ({ keyNo }: { keyNo: number }): number => keyNo

/** Requests the first file of a report, as the app does for each file that the report lists. */
async function askForFile(colleague: ActingMember, report: Bytes): Promise<void> {
  const file = toB64(fileId(report, 0))
  const arrived = await read(colleague, `/api/staff/files/${file}`)
  if (arrived !== null) colleague.world.record.claimed.add(file)
}

async function reply(colleague: ActingMember, id: string, opened: StoredCase): Promise<void> {
  const { chance, world } = colleague
  const index = opened.answers.length
  const sealed = chance.bytes(REPLY_BYTES)
  const sealedHash = toB64(await sha256(sealed))
  const change = { index, sealedHash, followUps: opened.item.followUps }
  const ownerHash = toB64(readContent(contentOf(fromB64(opened.envelope))).ownerHash)
  const beside = { sealed: toB64(sealed) }
  await sendChange(colleague, 'answer.send', id, change, beside, (statement, request) =>
    world.record.replies.push({
      ...{ report: id, index, sealedHash: sha256Hex(sealed), ownerHash },
      ...{ statement, request },
    }),
  )
}

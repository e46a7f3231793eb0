// Chooses the next action of a person in the model, in the case that their browser shows.
import { fromB64, toB64 } from '#protocol/bytes'
import { reportIdOf } from '#protocol/report/envelope'
import { contentHashOf, hasWrap } from '#protocol/report/letter-content'
import type { CaseGrant } from '#protocol/staff/case-log/bodies'
import { MAX_TAKEN } from '#protocol/staff/case-log/changes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Statement } from '#protocol/staff/statement'
import { CLOSE_REASONS } from '#protocol/staff/fields'
import { noise } from './casework-world.ts'
import { hashOf, newestKey, wordsOf, type Compose, type Shown } from './shown.ts'
import { composeMark, composeReferral, composeSecond } from './compose-referral.ts'
import { draftOf, type Act, type Draft, type Plot } from './drafts.ts'

const REPLY_BYTES = 4096
const CEK_BYTES = 60
const GRANT_BYTES = 1196

const EVERYBODY: readonly Act[] = [
  ...(['entry', 'entry', 'task', 'record', 'record', 'person', 'danger'] as const),
  ...(['reply', 'reply', 'status', 'view', 'link'] as const),
]
const READERS: readonly Act[] = [
  ...EVERYBODY,
  ...(['bulk', 'bulk_assign', 'assign', 'assign', 'merge', 'take', 'take', 'letter'] as const),
]

/** The acts of people who refer a case, give the case to each other and merge it. */
const REFERRING: readonly Act[] = [
  ...([
    'refer',
    'refer',
    'second',
    'second',
    'second',
    'second',
    'mark',
    'mark',
    'mark',
    'mark',
  ] as const),
  ...(['entry', 'reply'] as const),
]
const PLOTS: Readonly<Record<Plot, Record<'reader' | 'caseworker', readonly Act[]>>> = {
  casework: { reader: READERS, caseworker: EVERYBODY },
  referrals: { reader: [...REFERRING, 'assign', 'merge', 'take'], caseworker: REFERRING },
}

/** Returns null when the chosen act is not possible in this case. */
export function composeDraft(shown: Shown, plot: Plot): Draft | Promise<Draft | null> | null {
  if (newestKey(shown.view) === 0) return null
  const acts = PLOTS[plot][shown.member.isReader ? 'reader' : 'caseworker']
  const act = acts[shown.draw(acts.length)] ?? 'entry'
  return COMPOSE[act](shown, act)
}

export const grantOf = (caseId: string, keyNo: number): CaseGrant => ({
  ...{ caseId, keyNo },
  sealed: noise(GRANT_BYTES),
})

/** Counts how many times the danger was set or lifted, as the app does. */
export const dangersIn = ({ log }: StoredCase): number =>
  log.filter(({ statement }) => Statement.parse(JSON.parse(statement)).action === 'danger.set')
    .length

/** Returns the next free record number, as the app does. */
export const freeRecord = ({ records }: StoredCase): number =>
  1 + Math.max(0, ...records.map(({ record }) => record))

const composeEntry: Compose = async ({ view, draw }, act) => {
  const { sealed, hash } = await wordsOf()
  const dueDay = draw(3) === 0 ? null : `2026-12-0${1 + draw(9)}`
  const change = { keyNo: newestKey(view), entryHash: hash, ...(act === 'task' && { dueDay }) }
  return draftOf(act, view.item.id, 'entry.add', change, { hash, beside: { sealed } })
}

const composeRecord: Compose = async ({ view, draw }, act) => {
  const { sealed, hash } = await wordsOf()
  const record = act === 'person' ? freeRecord(view) : draw(2)
  const stored = view.records.find((each) => each.record === record)
  const base = stored ? await hashOf(stored.sealed) : null
  const revision = (stored?.revision ?? 0) + 1
  const change = { keyNo: newestKey(view), record, revision, recordHash: hash }
  return draftOf(act, view.item.id, 'record.set', change, { hash, base, beside: { sealed } })
}

// Only a draft that lifts the danger states what its author has read.
const composeDanger: Compose = async ({ view }, act) => {
  const { sealed, hash } = await wordsOf()
  const { id, danger, followUps } = view.item
  const change = { danger: !danger, keyNo: newestKey(view), entryHash: hash }
  const dangers = dangersIn(view)
  const more = { hash, dangers, beside: { sealed } }
  return draftOf(act, id, 'danger.set', danger ? { ...change, followUps } : change, more)
}

const composeReply: Compose = async ({ view, draw }, act) => {
  const { sealed, hash } = await wordsOf(REPLY_BYTES)
  const { id, followUps } = view.item
  const among = [undefined, ...view.absorbed]
  const report = among[draw(among.length)]
  const index = report === undefined ? view.answers.length : draw(4)
  const change = { ...(report && { report }), index, sealedHash: hash, followUps }
  return draftOf(act, id, 'answer.send', change, { hash, beside: { sealed } })
}

const composeLink: Compose = async ({ view, ids }, act) => {
  const { id } = view.item
  const other = ids.find((each) => each !== id)
  if (other === undefined || view.absorbed.includes(other)) return null
  const halves = [
    { caseId: other, ...(await wordsOf()) },
    { caseId: id, ...(await wordsOf()) },
  ]
  return draftOf(act, id, 'entry.add', {}, { halves })
}

const composeLetter: Compose = async ({ world }, act) => {
  const envelope = world.letter()
  const id = toB64(await reportIdOf(envelope))
  const hash = toB64(await contentHashOf(envelope))
  const beside = { envelope: toB64(envelope) }
  return draftOf(act, id, 'letter.enter', { contentHash: hash }, { hash, beside })
}

const composeStatus: Compose = ({ view, draw }, act) => {
  const { id, status, followUps } = view.item
  const others = (['new', 'in_progress', 'closed'] as const).filter((to) => to !== status)
  const to = others[draw(2)] ?? 'new'
  const reasons = CLOSE_REASONS.filter((each) => each !== 'merged')
  const reason = to === 'closed' ? { reason: reasons[draw(reasons.length)] } : {}
  return draftOf(act, id, 'status.set', { from: status, to, followUps, ...reason })
}

const composeAssign: Compose = async (shown, act) => {
  const { world, view, draw } = shown
  const { aigul, daria, bermet } = world.members
  const { id, assignee } = view.item
  const readers = [null, aigul, daria]
  const among = (act === 'assign' ? [...readers, bermet, bermet] : readers).filter(
    (each) => (each?.id ?? null) !== assignee,
  )
  const to = among[draw(among.length)] ?? null
  const isGranted = to === bermet
  const change = { from: assignee, to: to?.id ?? null, isGranted }
  const grants = isGranted ? await grantsOf(shown, view) : []
  return draftOf(act, id, 'case.assign', change, { beside: { grants } })
}

const composeMerge: Compose = ({ view, ids, draw }, act) => {
  const { id } = view.item
  const into = ids.find((each) => each !== id)
  if (into === undefined || view.absorbed.includes(into) || draw(3) > 0) return null
  return draftOf(act, id, 'case.merge', { into })
}

const composeTaking: Compose = async (shown, act) => {
  const { view } = shown
  const letters = new Map<string, string>()
  for (const { item, envelope, followUps } of await wholeCase(shown, view))
    for (const each of [{ id: item.id, envelope }, ...followUps])
      if (hasWrap(fromB64(each.envelope))) letters.set(each.id, each.envelope)
  if (letters.size === 0) return null
  const taken = await Promise.all(
    [...letters].slice(0, MAX_TAKEN).map(async ([id, envelope]) => ({
      id,
      contentHash: toB64(await contentHashOf(fromB64(envelope))),
    })),
  )
  const beside = { sealed: taken.map(() => noise(CEK_BYTES)) }
  const change = { keyNo: newestKey(view), letters: taken }
  return draftOf(act, view.item.id, 'letters.take', change, { beside })
}

const COMPOSE: Readonly<Record<Act, Compose>> = {
  entry: composeEntry,
  task: composeEntry,
  record: composeRecord,
  person: composeRecord,
  danger: composeDanger,
  reply: composeReply,
  link: composeLink,
  letter: composeLetter,
  status: composeStatus,
  bulk: composeStatus,
  bulk_assign: composeAssign,
  assign: composeAssign,
  merge: composeMerge,
  take: composeTaking,
  refer: composeReferral,
  second: composeSecond,
  mark: composeMark,
  view: ({ view }, act) => draftOf(act, view.item.id, 'entry.add', {}, { hash: noise(12) }),
}

/** Also reads the cases that a case absorbed. */
async function wholeCase(
  { world, member }: Pick<Shown, 'world' | 'member'>,
  view: StoredCase,
): Promise<StoredCase[]> {
  const views = [view]
  for (const id of view.absorbed) views.push((await world.read(member, id)) ?? view)
  return views
}

/** Makes copies of all keys that a caseworker of the case needs. */
export const grantsOf = async (
  by: Pick<Shown, 'world' | 'member'>,
  view: StoredCase,
): Promise<CaseGrant[]> =>
  (await wholeCase(by, view)).flatMap(({ item, caseKeys }) =>
    caseKeys.filter(({ caseId }) => caseId === item.id).map(({ keyNo }) => grantOf(item.id, keyNo)),
  )

// Plays one schedule of two browsers on two new cases, and lists the invariants that it violated.
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import { answerName, type CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { Draw } from '#test/protocol/support/mutate-rows.ts'
import { Browser } from './browser-model.ts'
import type { Member, Thread, World } from './casework-world.ts'
import { hashOf } from './shown.ts'
import type { Draft, Plot, SentRow } from './drafts.ts'
import { followUpsFit, RowChange } from './row-change.ts'

/** Number of steps in a schedule. In each step, one or both browsers act. */
const STEPS = 24

interface Played {
  /** the two cases, and the cases of entered letters */
  opened: StoredCase[]
  drafts: Draft[]
  sent: ReadonlyMap<string, SentRow>
  /** the people of the schedule */
  members: readonly Member[]
}

/** Plays one schedule on two new cases. */
export async function playSchedule(
  world: World,
  draw: Draw,
  plot: Plot = 'casework',
): Promise<Played> {
  const threads = [await world.arrive(), await world.arrive()] as const
  const { aigul, aigulElsewhere, daria, bermet } = world.members
  const other = [daria, bermet, bermet, aigulElsewhere][draw(4)] ?? daria
  const browsers = [
    new Browser(world, aigul, threads, { draw, plot }),
    new Browser(world, other, threads, { draw, plot }),
  ] as const
  for (let step = 0; step < STEPS; step++) {
    const writer = draw(10) === 0 ? threads[draw(3) === 0 ? 1 : 0] : null
    const isTogether = draw(3) === 0
    const acting = isTogether ? browsers : [browsers[draw(2) as 0 | 1]]
    const works = acting.map((each) => () => each.step())
    await world.turns.together(draw, writer ? [() => world.follow(writer), ...works] : works)
  }
  for (const browser of browsers) await browser.finish()
  const drafts = browsers.flatMap((each) => each.drafts)
  const entered = drafts.filter(({ act }) => act === 'letter').map(({ caseId }) => caseId)
  return {
    opened: await openedOf(world, threads, entered),
    drafts,
    sent: new Map(browsers.flatMap((each) => [...each.sent])),
    members: [aigul, other],
  }
}

async function openedOf(
  world: World,
  threads: readonly Thread[],
  entered: readonly string[],
): Promise<StoredCase[]> {
  const opened: StoredCase[] = []
  for (const { id } of threads) {
    const report = await world.read(world.members.aigul, id)
    if (!report) throw new Error('a case is lost')
    opened.push(report)
  }
  for (const id of entered) {
    const report = await world.read(world.members.aigul, id)
    if (report) opened.push(report)
  }
  return opened
}

/** The words that an entire schedule has stored, as hashes. */
interface Stored {
  /** recorded in a row of a log, even if a later revision replaced them */
  signed: Set<string>
  /** in a table, or replaced by a person who had read them */
  kept: Set<string>
}

type Expect = (holds: boolean, what: string) => void

/** Lists the invariants that a played schedule violated. */
export async function brokenIn(world: World, played: Played): Promise<string[]> {
  const broken: string[] = []
  const expectThat: Expect = (holds, what) => {
    if (!holds) broken.push(what)
  }
  const stored: Stored = { signed: new Set(), kept: new Set() }
  const answers = new Map<string, string>()
  for (const { item, answers: sent } of played.opened)
    for (const { index, sealed } of sent)
      answers.set(answerName(item.id, index), await hashOf(sealed))
  for (const report of played.opened) {
    const log = await replayCaseLog(report.log, { caseId: report.item.id, roster: world.roster })
    expectThat(log.fault === null, `the log breaks at row ${String(log.at)}`)
    checkState(report, log, expectThat)
    checkReferrals(log, expectThat)
    await checkWords(report, log, { stored, answers, expectThat })
    checkRows(report, played, { stored, expectThat })
    const canRead = (await world.read(world.members.bermet, report.item.id)) !== null
    const goesOn =
      report.mergedInto === null
        ? report
        : played.opened.find(({ item }) => item.id === report.mergedInto)
    const isOurs = goesOn?.item.assignee === world.members.bermet.id
    expectThat(canRead === isOurs, 'a caseworker reads another case')
  }
  checkDrafts(played, stored, await namesOf(world, played), expectThat)
  return broken
}

/** Compares the tables with the log. The tables of a merged case continue in another case. */
function checkState(report: StoredCase, log: CaseLog, expectThat: Expect): void {
  const { item, absorbed, mergedInto } = report
  const isReopened = item.status === 'new' && item.followUps > log.followUps
  const isOfAbsorbed = log.isJoined && item.status !== 'closed'
  const isSame = item.status === log.status || isReopened || isOfAbsorbed
  expectThat(isSame || mergedInto !== null, 'another status')
  const isJoined = absorbed.length > 0 || mergedInto !== null
  const reason = item.status === 'closed' ? log.closeReason : null
  expectThat(item.closeReason === reason || isJoined, 'another reason to close')
  expectThat(item.assignee === (log.assignee?.id ?? null), 'another assignee')
  expectThat(mergedInto === log.mergedInto, 'another case goes on')
  expectThat(log.danger === null || log.danger === item.danger || isJoined, 'another danger')
  const due = report.log
    .map(({ change }) => RowChange.parse(JSON.parse(change)).dueDay)
    .filter((each) => each !== undefined)
  expectThat(due.length === 0 || due.at(-1) === item.dueDay || isJoined, 'another due day')
}

/** Checks that every act on a referral is one row, and that nobody signs a referral twice. */
function checkReferrals({ referralRows, referrals }: CaseLog, expectThat: Expect): void {
  const words = referralRows.map(({ change }) => change.entryHash)
  expectThat(new Set(words).size === words.length, 'an act on a referral is doubled')
  for (const { actor, confirmed, second, wasSent } of referrals.values()) {
    expectThat(confirmed?.actor !== actor, 'one hand signed a referral twice')
    const isHeld = second === 'before' && confirmed === null
    expectThat(!(isHeld && wasSent), 'a referral left before its second signature')
  }
}

/** Compares the words in the tables with the hashes in the log. */
async function checkWords(
  report: StoredCase,
  log: CaseLog,
  {
    stored,
    answers,
    expectThat,
  }: { stored: Stored; answers: ReadonlyMap<string, string>; expectThat: Expect },
): Promise<void> {
  for (const { n, sealed } of report.entries) {
    const hash = await hashOf(sealed)
    stored.kept.add(hash)
    expectThat(log.entries.get(n)?.entryHash === hash, 'an entry without its row')
  }
  expectThat(log.entries.size === report.entries.length, 'an entry is lost')
  for (const { record, revision, sealed } of report.records) {
    const found = log.records.get(record)
    const hash = await hashOf(sealed)
    expectThat(found?.revision === revision && found.recordHash === hash, 'another record')
  }
  expectThat(log.records.size === report.records.length, 'a record is lost')
  for (const [name, { sealedHash }] of log.answers) {
    stored.kept.add(sealedHash)
    expectThat(answers.get(name) === sealedHash, 'a reply is lost')
  }
  if (log.entered) stored.kept.add(log.entered.contentHash)
}

/** Compares each row of the log with the draft that a browser sent. */
function checkRows(
  report: StoredCase,
  { sent, drafts }: Played,
  { stored, expectThat }: { stored: Stored; expectThat: Expect },
): void {
  const byHash = new Map(drafts.map((draft) => [draft.hash, draft]))
  const newest = new Map<number, string>()
  const whole = [report.item.id]
  let dangers = 0
  for (const { change, signature } of report.log) {
    const row = RowChange.parse(JSON.parse(change))
    const by = sent.get(signature)
    expectThat(by !== undefined, 'a row that nobody sent')
    for (const hash of [row.recordHash, row.entryHash, row.sealedHash, row.contentHash])
      if (hash) stored.signed.add(hash)
    if (row.from && row.also) whole.push(row.from, ...row.also)
    if (by && row.followUps !== undefined)
      expectThat(followUpsFit(by, whole, row.followUps), 'a change over words that nobody read')
    if (row.danger !== undefined)
      expectThat(by?.draft?.dangers === dangers++, 'a danger that nobody read is overwritten')
    if (row.record === undefined || row.recordHash === undefined) continue
    const base = newest.get(row.record) ?? null
    const isRead = byHash.get(row.recordHash)?.base === base
    expectThat(isRead, 'a record that nobody read is overwritten')
    newest.set(row.record, row.recordHash)
    stored.kept.add(row.recordHash)
  }
}

/** Lists the names of the views that the edge stores for the people of a schedule. */
async function namesOf(world: World, { members }: Played): Promise<Set<string>> {
  const names: string[] = []
  for (const member of members) {
    const sealed = await world.views(member)
    if (sealed !== null) names.push(...(world.viewsIn.get(await hashOf(sealed)) ?? []))
  }
  return new Set(names)
}

/**
 * Checks that stored words are in the tables. No log contains refused words, which remain with
 * their author.
 */
function checkDrafts(
  { drafts }: Played,
  { signed, kept }: Stored,
  names: ReadonlySet<string>,
  expectThat: Expect,
): void {
  for (const { hash, halves, state, isUnknown, act } of drafts) {
    const words = [...(hash === null ? [] : [hash]), ...halves.map((half) => half.hash)]
    const found = act === 'view' ? names : kept
    if (state === 'stored')
      expectThat(
        words.every((each) => found.has(each)),
        `a stored ${act} is lost`,
      )
    const isWithAuthor = state === 'refused' && !isUnknown && act !== 'link'
    if (isWithAuthor)
      expectThat(!words.some((each) => signed.has(each)), `a refused ${act} is stored`)
  }
}

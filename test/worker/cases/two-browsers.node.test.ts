// Runs random casework of two browsers on two cases against the real edge. Requests and answers
// get lost, and people write again. The log of each case must then say what the tables show.
import { expect, test } from 'vitest'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { replayCaseLog } from '#protocol/staff/case-log'
import { answerName } from '#protocol/staff/case-rules'
import type { OpenedReport } from '#protocol/staff/cases'
import { sampleOf, SAMPLED, seedFor } from '#test/sample.ts'
import { generator, type Draw } from '#test/protocol/support/mutate-rows.ts'
import { Browser, type Draft } from '../support/browser-model.ts'
import { World } from '../support/casework-world.ts'

/** Steps of a schedule, in each of which one or both browsers do something. */
const STEPS = 24

const ACTS = [
  ...['entry', 'task', 'record', 'danger', 'reply', 'status', 'bulk'],
  ...['assign', 'merge', 'take'],
]

interface Played {
  opened: OpenedReport[]
  drafts: Draft[]
}

/** Plays one schedule on two new cases. */
async function play(world: World, draw: Draw): Promise<Played> {
  const threads = [await world.arrive(), await world.arrive()] as const
  const ids = [threads[0].id, threads[1].id] as const
  const { aigul, daria, bermet } = world.members
  const browsers = [
    new Browser(world, aigul, ids, draw),
    new Browser(world, draw(2) === 0 ? daria : bermet, ids, draw),
  ] as const
  for (let step = 0; step < STEPS; step++) {
    if (draw(12) === 0) await world.follow(threads[draw(3) === 0 ? 1 : 0])
    if (draw(3) === 0) await Promise.all(browsers.map((each) => each.step()))
    else await browsers[draw(2) as 0 | 1].step()
  }
  for (const browser of browsers) await browser.finish()
  const opened: OpenedReport[] = []
  for (const id of ids) {
    const report = await world.read(aigul, id)
    if (!report) throw new Error('a case is lost')
    opened.push(report)
  }
  return { opened, drafts: browsers.flatMap((each) => each.drafts) }
}

const hashOf = async (sealed: string): Promise<string> => toB64(await sha256(fromB64(sealed)))

/** Lists the promises that a played schedule broke. */
async function brokenIn(world: World, { opened, drafts }: Played): Promise<string[]> {
  const broken: string[] = []
  const expectThat = (holds: boolean, what: string): void => {
    if (!holds) broken.push(what)
  }
  const byHash = new Map(drafts.map((draft) => [draft.hash, draft]))
  const signed = new Set<string>()
  const stored = new Set<string>()
  const answers = new Map<string, string>()
  for (const { item, answers: sent } of opened)
    for (const { slot, sealed } of sent)
      answers.set(answerName(item.id, slot), await hashOf(sealed))
  for (const report of opened) {
    const { item } = report
    const log = await replayCaseLog(report.log, { caseId: item.id, roster: world.roster })
    expectThat(log.isWhole, `the log breaks at row ${String(log.at)}`)
    const isReopened = item.status === 'new' && item.followUps > log.followUps
    const isOfAbsorbed = log.isJoined && item.status !== 'closed'
    const isSame = item.status === log.status || isReopened || isOfAbsorbed
    expectThat(isSame || report.mergedInto !== null, 'another status')
    const isJoined = report.absorbed.length > 0 || report.mergedInto !== null
    expectThat(item.assignee === (log.assignee?.id ?? null), 'another assignee')
    expectThat(report.mergedInto === log.mergedInto, 'another case goes on')
    expectThat(log.danger === null || log.danger === item.danger || isJoined, 'another danger')
    for (const { n, sealed } of report.entries) {
      const hash = await hashOf(sealed)
      stored.add(hash)
      expectThat(log.entries.get(n)?.entryHash === hash, 'an entry without its row')
    }
    expectThat(log.entries.size === report.entries.length, 'an entry is lost')
    for (const { record, revision, sealed } of report.records) {
      const found = log.records.get(record)
      const hash = await hashOf(sealed)
      expectThat(found?.revision === revision && found.recordHash === hash, 'another record')
    }
    for (const [name, { sealedHash }] of log.answers) {
      stored.add(sealedHash)
      expectThat(answers.get(name) === sealedHash, 'a reply is lost')
    }
    const newest = new Map<number, string>()
    for (const { change } of report.log) {
      const { record, recordHash, entryHash, sealedHash } = JSON.parse(change) as Partial<{
        record: number
        recordHash: string
        entryHash: string
        sealedHash: string
      }>
      for (const hash of [recordHash, entryHash, sealedHash]) if (hash) signed.add(hash)
      if (record === undefined || recordHash === undefined) continue
      const base = newest.get(record) ?? null
      expectThat(byHash.get(recordHash)?.base === base, 'a record that nobody read is overwritten')
      newest.set(record, recordHash)
      stored.add(recordHash)
    }
    const { bermet } = world.members
    const canRead = (await world.read(bermet, item.id)) !== null
    const goesOn = report.mergedInto === null ? report : opened.find((each) => each !== report)
    expectThat(canRead === (goesOn?.item.assignee === bermet.id), 'a caseworker reads another case')
  }
  for (const { hash, state, isUnknown, act } of drafts) {
    if (hash === null) continue
    if (state === 'stored') expectThat(stored.has(hash), `a stored ${act} is lost`)
    const isWithAuthor = state === 'refused' && !isUnknown
    if (isWithAuthor) expectThat(!signed.has(hash), `a refused ${act} is stored`)
  }
  return broken
}

/** Counts copies of keys that nobody should have, or that a caseworker lacks. */
const wrongGrants = (world: World): unknown[] =>
  world.edge.rows(
    `SELECT 'unwanted' AS what FROM case_grants JOIN reports ON reports.id = case_grants.case_id
        JOIN reports AS head ON head.id = coalesce(reports.merged_into, reports.id)
        WHERE head.assignee IS NOT case_grants.person
      UNION ALL SELECT 'missing' FROM case_keys JOIN reports ON reports.id = case_keys.case_id
        JOIN reports AS head ON head.id = coalesce(reports.merged_into, reports.id)
        JOIN people ON people.id = head.assignee AND people.roles = '["caseworker"]'
        WHERE NOT EXISTS (SELECT 1 FROM case_grants WHERE case_grants.case_id = case_keys.case_id
          AND case_grants.key_no = case_keys.key_no AND case_grants.person = head.assignee)`,
  )

test(
  'R43: Two browsers with lost answers overwrite no field and lose no entry',
  { ...SAMPLED, timeout: 3_600_000 },
  async () => {
    const seed = seedFor('Schedules of two browsers')
    const codes = new Map<string, number>()
    const acts = new Map<string, number>()
    const world = await World.open()
    const schedules = sampleOf(150, 10_000)
    for (let at = 0; at < schedules; at++) {
      const played = await play(world, generator(seed + at))
      expect([seed + at, await brokenIn(world, played)]).toEqual([seed + at, []])
      for (const { act, code, state } of played.drafts) {
        if (code) codes.set(code, (codes.get(code) ?? 0) + 1)
        if (state === 'stored') acts.set(act, (acts.get(act) ?? 0) + 1)
      }
    }
    expect(wrongGrants(world)).toEqual([])
    console.log(
      `${String(schedules)} schedules`,
      Object.fromEntries(acts),
      Object.fromEntries(codes),
    )
    for (const act of ACTS) expect([act, (acts.get(act) ?? 0) > 0]).toEqual([act, true])
    // The browsers send nothing that the edge cannot read.
    for (const code of ['malformed', 'signature_refused', 'not_allowed'])
      expect([code, codes.get(code) ?? 0]).toEqual([code, 0])
  },
)

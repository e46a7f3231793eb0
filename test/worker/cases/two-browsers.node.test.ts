// Runs random casework by two browsers on two cases against the real edge. Requests and responses
// are lost, and reporters send follow-ups. Each case log must then agree with the tables.
import { afterAll, expect, test } from 'vitest'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { sampleOf, SAMPLED, seedFor } from '#test/sample.ts'
import { World } from '../support/casework-world.ts'
import { ACTS } from '../support/drafts.ts'
import { brokenIn, playSchedule } from '../support/play-schedule.ts'
import { installSyncCrypto } from '../support/sync-crypto.ts'

/** Number of schedules in one world. More schedules make the tables long and each query slow. */
const SCHEDULES_OF_WORLD = 100
/** Number of schedules between two progress lines of a long run. */
const PRINTED = 500

afterAll(installSyncCrypto())

/** Counts key copies that a colleague should not have, or that a caseworker is missing. */
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
    const schedules = sampleOf(60, 10_000)
    let world = await World.open()
    for (let at = 0; at < schedules; at++) {
      if (at % SCHEDULES_OF_WORLD === 0) world = await World.open()
      const played = await playSchedule(world, chanceFrom(seed + at).below)
      expect([seed + at, await brokenIn(world, played)]).toEqual([seed + at, []])
      expect([seed + at, wrongGrants(world)]).toEqual([seed + at, []])
      for (const { act, code, state } of played.drafts) {
        if (code) codes.set(code, (codes.get(code) ?? 0) + 1)
        if (state === 'stored') acts.set(act, (acts.get(act) ?? 0) + 1)
      }
      if ((at + 1) % PRINTED === 0) console.log(`${at + 1} schedules of two browsers`)
    }
    console.log(Object.fromEntries(acts), Object.fromEntries(codes))
    for (const act of ACTS) expect([act, (acts.get(act) ?? 0) > 0]).toEqual([act, true])
    // The browsers do not send anything that the edge cannot read.
    for (const code of ['malformed', 'signature_refused', 'not_allowed'])
      expect([code, codes.get(code) ?? 0]).toEqual([code, 0])
  },
)

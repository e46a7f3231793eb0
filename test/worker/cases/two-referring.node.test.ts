// Runs random referrals by two browsers on two cases against the real edge. Requests and responses
// are lost, the reporter sends follow-ups, and cases are given away and merged. Nothing is lost,
// duplicated or overwritten, and nobody signs twice.
import { afterAll, expect, test } from 'vitest'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { sampleOf, SAMPLED, seedFor } from '#test/sample.ts'
import { World } from '../support/casework-world.ts'
import { REFERRAL_ACTS } from '../support/drafts.ts'
import { brokenIn, playSchedule } from '../support/play-schedule.ts'
import { installSyncCrypto } from '../support/sync-crypto.ts'

/** Number of schedules in one world. More schedules make the tables long and each query slow. */
const SCHEDULES_OF_WORLD = 100

afterAll(installSyncCrypto())

test(
  'R43: Two browsers that refer at once lose, double and overwrite nothing',
  { ...SAMPLED, timeout: 3_600_000 },
  async () => {
    const seed = seedFor('Schedules of two browsers that refer')
    const found = new Map<string, number>()
    const count = (what: string) => found.set(what, (found.get(what) ?? 0) + 1)
    let world = await World.open()
    for (let at = 0; at < sampleOf(60, 10_000); at++) {
      if (at % SCHEDULES_OF_WORLD === 0) world = await World.open()
      const played = await playSchedule(world, chanceFrom(seed + at).below, 'referrals')
      expect([seed + at, await brokenIn(world, played)]).toEqual([seed + at, []])
      for (const { act, code, state } of played.drafts) {
        if (code) count(code)
        if (state === 'stored') count(act)
      }
    }
    console.log(Object.fromEntries(found))
    for (const act of REFERRAL_ACTS) expect([act, found.has(act)]).toEqual([act, true])
    // Colleagues act on the same case, and browsers do not send anything that the edge cannot read.
    for (const code of ['record_changed', 'report_grew'])
      expect([code, found.has(code)]).toEqual([code, true])
    for (const code of ['malformed', 'signature_refused', 'not_allowed'])
      expect([code, found.get(code) ?? 0]).toEqual([code, 0])
  },
)

// Runs random casework by two browsers on two cases against the real edge. Requests and responses
// are lost, and reporters send follow-ups. Each case log must then agree with the tables.
import { afterAll, expect, test } from 'vitest'
import { SAMPLED } from '#test/sample.ts'
import type { World } from '../support/casework-world.ts'
import { ACTS } from '../support/drafts.ts'
import { playSchedules } from '../support/play-schedules.ts'
import { installSyncCrypto } from '../support/sync-crypto.ts'

afterAll(installSyncCrypto())

/** Returns a row for each key copy that a colleague should not have or that a caseworker lacks. */
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
    const found = await playSchedules({
      name: 'Schedules of two browsers',
      plot: 'casework',
      wanted: ACTS,
      violations: wrongGrants,
    })
    // The browsers do not send anything that the edge cannot read.
    for (const code of ['malformed', 'signature_refused', 'not_allowed'])
      expect([code, found.get(code) ?? 0]).toEqual([code, 0])
  },
)

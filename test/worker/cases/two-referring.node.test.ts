// Runs random referrals by two browsers on two cases against the real edge. Requests and responses
// are lost, the reporter sends follow-ups, and cases are given away and merged. Nothing is lost,
// duplicated or overwritten, and nobody signs twice.
import { afterAll, expect, test } from 'vitest'
import { SAMPLED } from '#test/sample.ts'
import { REFERRAL_ACTS } from '../support/drafts.ts'
import { playSchedules } from '../support/play-schedules.ts'
import { installSyncCrypto } from '../support/sync-crypto.ts'

afterAll(installSyncCrypto())

test(
  'R43: Two browsers that refer at once lose, double and overwrite nothing',
  { ...SAMPLED, timeout: 3_600_000 },
  async () => {
    // Colleagues act on the same case, so both refusal codes occur.
    const found = await playSchedules({
      name: 'Schedules of two browsers that refer',
      plot: 'referrals',
      wanted: [...REFERRAL_ACTS, 'record_changed', 'report_grew'],
    })
    // The browsers do not send anything that the edge cannot read.
    for (const code of ['malformed', 'signature_refused', 'not_allowed'])
      expect([code, found.get(code) ?? 0]).toEqual([code, 0])
  },
)

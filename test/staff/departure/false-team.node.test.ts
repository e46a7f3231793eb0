// Tests the app against a server that supplies a false copy of an old generation. Rewrapping must
// not seal the server's case key under the true generation.
import { afterEach, expect, test, vi } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { teamInfo } from '#protocol/keys/team-key'
import { sealTo } from '#site/staff/crypto/seal-to.ts'
import { importTeam } from '#site/staff/crypto/team-key.ts'
import { unlockedBy, unlockKeys } from '#site/staff/crypto/unlock.ts'
import { rewrapCases } from '#site/staff/departure/rewrap-cases.ts'
import { rosterOf } from '#test/protocol/support/case-log.ts'
import { colleagues } from '../support/colleagues.ts'
import { LyingServer } from '../support/lying-server.ts'

afterEach(() => vi.unstubAllGlobals())

test('R36: Re-wrapping never seals a server’s case key under the true generation', async () => {
  const team = await colleagues()
  const { me, master } = team.staff
  const server = new LyingServer(toB64(randomBytes(16)))
  const bytes = randomBytes(32)
  const { commitment } = await importTeam(2, bytes.slice())
  const ledger = team.ledger.copy()
  await ledger.add(team.writers.aigul, 'team.open', '2', { generation: 2, commitment })
  const roster = await rosterOf(ledger)
  const sealed = toB64(await sealTo(fromB64(me.keys.hpkePublic), teamInfo(2), bytes))
  const fed = await server.fed(me, 1)
  const copies = { ...fed, intake: [], team: [...fed.team, { generation: 2, sealed }] }
  const keys = await unlockedBy(await unlockKeys(copies, master.slice()), roster)
  const posted: string[] = []
  const { caseKeys } = await server.keys(1)
  vi.stubGlobal('fetch', (path: string, { method }: RequestInit) => {
    if (method === 'POST') posted.push(path)
    return Promise.resolve(Response.json({ keys: caseKeys, next: null, remaining: 1 }))
  })
  expect([...keys.team.keys()]).toEqual([2])
  await expect(rewrapCases({ keys, roster }, 1).run(() => undefined)).rejects.toMatchObject({
    code: 'cannot_open',
  })
  expect(posted).toEqual([])
})

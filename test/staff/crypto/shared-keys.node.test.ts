import { beforeAll, describe, expect, test } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { HYBRID_SUITE, SUITE } from '#protocol/limits'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { proveKeys } from '#site/staff/crypto/shared-keys.ts'
import { importTeam } from '#site/staff/crypto/team-key.ts'
import { staffed, type Staffed } from '../support/people.ts'

let aigul: Staffed, bermet: Staffed
beforeAll(async () => {
  ;[aigul, bermet] = await Promise.all([staffed(), staffed()])
})

const NONE = { epochs: [], generations: [] }

/** Returns the roster after a colleague has opened a generation. */
function rosterWith(generation: number, commitment: string): Roster {
  const named = { generation, commitment, openedBy: aigul.me.id, row: 9, hasEnded: false }
  return { ...aigul.roster, teams: new Map([...aigul.roster.teams, [generation, named]]) }
}

test('The copies that the roster names are proven', async () => {
  const { shared, waiting } = await proveKeys(aigul.opened.unproven, aigul.roster)
  expect([[...shared.intake.keys()], [...shared.team.keys()], waiting]).toEqual([[1], [1], NONE])
})

test('A copy of a generation waits for its row in the ledger, and works afterwards', async () => {
  const next = await importTeam(2, randomBytes(32))
  const copies = { ...aigul.opened.unproven, team: [...aigul.opened.unproven.team, next] }
  const before = await proveKeys(copies, aigul.roster)
  expect([...before.shared.team.keys()]).toEqual([1])
  expect(before.waiting).toEqual({ epochs: [], generations: [2] })
  const after = await proveKeys(copies, rosterWith(2, next.commitment), before.shared)
  expect([[...after.shared.team.keys()], after.waiting]).toEqual([[1, 2], NONE])
})

test('R36: A copy of another key than the roster names never serves', async () => {
  const other = await importTeam(1, randomBytes(32))
  const { shared, waiting } = await proveKeys({ intake: [], team: [other] }, aigul.roster)
  expect([shared.team.size, waiting]).toEqual([0, { epochs: [], generations: [1] }])
})

test('An earlier key that the next roster does not name no longer works', async () => {
  const { shared } = await proveKeys(aigul.opened.unproven, aigul.roster)
  const none = { epochs: new Map(), teams: new Map() }
  const after = await proveKeys(aigul.opened.unproven, none, shared)
  expect([after.shared.intake.size, after.shared.team.size]).toEqual([0, 0])
  expect(after.waiting).toEqual({ epochs: [1], generations: [1] })
})

test('A second proof without a new key gives the same object', async () => {
  const { shared } = await proveKeys(aigul.opened.unproven, aigul.roster)
  expect((await proveKeys(aigul.opened.unproven, aigul.roster, shared)).shared).toBe(shared)
})

describe('The keys of an epoch are not proven', () => {
  const [own, other] = [
    () => aigul.opened.unproven.intake[0]!,
    () => bermet.opened.unproven.intake[0]!,
  ]
  const cases = {
    'with both private halves of another manifest': () => other(),
    'with the public key of suite 2 alone': () => ({
      ...other(),
      hybridKey: own().hybridKey,
    }),
    'with another private half of suite 1': () => ({
      ...own(),
      keys: { ...own().keys, [SUITE]: other().keys[SUITE] },
    }),
    'with another private half of suite 2': () => ({
      ...own(),
      keys: { ...own().keys, [HYBRID_SUITE]: other().keys[HYBRID_SUITE] },
    }),
    'of an epoch that the roster does not name': () => ({ ...own(), epoch: 2 }),
  }
  for (const [what, copy] of Object.entries(cases))
    test(what, async () => {
      const copies = { intake: [copy()], team: [] }
      const { shared, waiting } = await proveKeys(copies, aigul.roster)
      expect([shared.intake.size, waiting.epochs]).toEqual([0, [copy().epoch]])
    })
})

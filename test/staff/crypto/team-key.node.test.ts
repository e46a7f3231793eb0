import { beforeAll, expect, test } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { teamCommitment, teamInfo } from '#protocol/keys/team-key'
import { hpkeOpen } from '#site/staff/crypto/hpke-open.ts'
import { proveKeys } from '#site/staff/crypto/shared-keys.ts'
import { makeTeam, newestTeam, openTeamCopy, type TeamKeys } from '#site/staff/crypto/team-key.ts'
import { staffed, type Staffed } from '../support/people.ts'

let aigul: Staffed, bermet: Staffed, recovery: Staffed
beforeAll(async () => {
  ;[aigul, bermet, recovery] = await Promise.all([staffed(), staffed(), staffed()])
})

const readerOf = ({ me }: Staffed) => ({ id: me.id, hpkePublic: me.keys.hpkePublic })
const make = (generation: number) =>
  makeTeam(generation, [readerOf(aigul), readerOf(bermet)], recovery.me.keys.hpkePublic)

async function heldBy(
  { me, keys }: Staffed,
  made: Awaited<ReturnType<typeof make>>,
  generation: number,
): Promise<TeamKeys> {
  const sealed = made.sealed.find(({ person }) => person === me.id)?.sealed ?? ''
  const unproven = { intake: [], team: [await openTeamCopy(keys.own, { generation, sealed })] }
  const roster = {
    epochs: new Map(),
    ...rosterWith(...Array<string>(generation).fill(made.commitment)),
  }
  return (await proveKeys(unproven, roster)).shared
}

/** The team key generations of a roster with their commitments, beginning with generation 1. */
const rosterWith = (...commitments: string[]) => ({
  teams: new Map(
    commitments.map((commitment, at) => {
      const generation = at + 1
      const team = { generation, commitment, openedBy: aigul.me.id, row: 3, hasEnded: false }
      return [generation, team] as const
    }),
  ),
})

test('Each reader opens the same key, with which one seals what the other opens', async () => {
  const made = await make(1)
  const roster = rosterWith(made.commitment)
  const [one, other] = [
    newestTeam(roster, await heldBy(aigul, made, 1)),
    newestTeam(roster, await heldBy(bermet, made, 1)),
  ]
  if (!one || !other) throw new Error('a reader has no key')
  expect(one.key.extractable).toBe(false)
  const aes = { name: 'AES-GCM', iv: new Uint8Array(12) }
  const sealed = await crypto.subtle.encrypt(aes, one.key, new Uint8Array([7]))
  const opened = await crypto.subtle.decrypt(aes, other.key, sealed)
  expect([...new Uint8Array(opened)]).toEqual([7])
})

test('The recovery key opens the generation, and the commitment fits', async () => {
  const made = await make(3)
  const sealed = fromB64(made.sealedForRecovery)
  const key = await hpkeOpen(recovery.keys.own, teamInfo(3), new Uint8Array(0), sealed)
  expect(key).toHaveLength(32)
  expect(await teamCommitment(key)).toBe(made.commitment)
})

test('A copy opens for no other person and for no other generation', async () => {
  const made = await make(1)
  const sealed = made.sealed[0]?.sealed ?? ''
  for (const [who, generation] of [[bermet, 1] as const, [aigul, 2] as const])
    await expect(openTeamCopy(who.keys.own, { generation, sealed })).rejects.toMatchObject({
      code: 'cannot_open',
    })
})

test('A key that the roster does not name is never used', async () => {
  const [made, swapped] = [await make(1), await make(1)]
  const held = await heldBy(aigul, made, 1)
  expect(newestTeam(rosterWith(made.commitment), held)).toMatchObject({ generation: 1 })
  expect(newestTeam(rosterWith(swapped.commitment), held)).toBeNull()
  expect(newestTeam(rosterWith(), held)).toBeNull()
  // A newer generation of which this person has no copy makes the older generation unusable.
  expect(newestTeam(rosterWith(made.commitment, toB64(new Uint8Array(32))), held)).toBeNull()
})

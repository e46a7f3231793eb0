// Lies about the shared keys of a reader. Sends copies of keys that the server made, copies under a
// wrong number, or fewer copies.
import { type Bytes } from '#protocol/bytes'
import { happens } from '#scripts/shared/seeded-random'
import { Me } from '#protocol/staff/people/people'
import { changesJson, type Lie, type MakeLie, type ServerHand } from '../hostile-server.ts'
import { epochCopy, sealedCaseKey, teamCopy } from '../server-keys.ts'

const ME = /^GET me$/

/** Draws a number for a copy, often close to the newest number. */
const numberNear = ({ chance }: ServerHand, newest: number): number =>
  chance.one([newest, newest, newest + 1, 1, 4242])

const anyTeam = ({ chance, keys }: ServerHand): Bytes => chance.one([keys.team, keys.oldTeam])

/** Puts a copy first, last, or in place of the copy with its number. */
function withCopy<Copy>(
  { chance }: ServerHand,
  copies: readonly Copy[],
  copy: Copy,
  isSame: (other: Copy) => boolean,
): Copy[] {
  const others = copies.filter((other) => !isSame(other))
  return chance.one([
    [...others, copy],
    [copy, ...copies],
    [...copies, copy],
  ])
}

export const feedTeam: MakeLie = (hand) => {
  const team = anyTeam(hand)
  const isFar = happens(hand.chance, 25)
  return changesJson('a team key', ME, async (json: unknown) => {
    const me = Me.parse(json)
    const newest = Math.max(0, ...me.team.map(({ generation }) => generation))
    if (newest === 0) return me
    const usual = team === hand.keys.oldTeam ? 1 : newest
    const generation = isFar ? numberNear(hand, newest) : usual
    const copy = await teamCopy(me.keys.hpkePublic, generation, team)
    const isSame = (other: typeof copy): boolean => other.generation === generation
    return { ...me, team: withCopy(hand, me.team, copy, isSame) }
  })
}

export const feedEpoch: MakeLie = (hand) =>
  changesJson('an epoch key', ME, async (json: unknown) => {
    const me = Me.parse(json)
    const newest = me.intake.at(-1)
    if (!newest) return me
    const epoch = numberNear(hand, newest.epoch)
    const false_ = await epochCopy(me.keys.hpkePublic, epoch, hand.keys.epoch)
    const { hybridKey } = hand.chance.one([newest, false_])
    const copy = { ...false_, hybridKey }
    const isSame = (other: typeof copy): boolean => other.epoch === epoch
    return { ...me, intake: withCopy(hand, me.intake, copy, isSame) }
  })

export const hideCopies: MakeLie = ({ chance }) => {
  const [epochs, teams] = [chance.below(3), chance.below(3)]
  return changesJson('fewer copies', ME, (json: unknown) => {
    const me = Me.parse(json)
    return { ...me, intake: me.intake.slice(0, epochs), team: me.team.slice(0, teams) }
  })
}

/** Supplies the keys that a departure step must reseal, under a false older generation. */
export const feedRewrap: MakeLie = (hand): Lie => {
  const { keys } = hand
  return changesJson(
    'keys to seal anew',
    /^GET case-keys\?/,
    async (json: { keys: { caseId: string; keyNo: number; generation: number }[] }) => ({
      ...json,
      keys: await Promise.all(
        json.keys.map((each) =>
          sealedCaseKey(each, {
            ...{ team: anyTeam(hand), secret: keys.secret, bytes: keys.caseKey },
            generation: each.generation,
          }),
        ),
      ),
    }),
  )
}

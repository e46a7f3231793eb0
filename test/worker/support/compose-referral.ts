// Chooses the next act of a person in the model, on the referrals that their browser shows.
import { randomBytes } from '#protocol/bytes'
import {
  faultOfConfirm,
  faultOfMark,
  nextStates,
  type SignedReferral,
} from '#protocol/staff/case-log/referral-state'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import { dayOf } from '#protocol/time'
import { noise } from './casework-world.ts'
import { newestKey, wordsOf, type Compose, type Shown } from './shown.ts'
import { draftOf } from './drafts.ts'

/** The fields of a referral row, with the parts of the case that the author has read. */
const aboutReferral = async ({ view }: Shown) => {
  const { sealed, hash } = await wordsOf()
  const read = { followUps: view.item.followUps, absorbed: view.absorbed.length }
  return { change: { keyNo: newestKey(view), entryHash: hash, ...read }, hash, beside: { sealed } }
}

export const composeReferral: Compose = async (shown, act) => {
  const { world, view, draw } = shown
  const [{ change, ...more }, fileHash] = [await aboutReferral(shown), noise(32)]
  const key = `referrals/${view.item.id}/${fileHash}`
  world.edge.putObject({ key, bytes: randomBytes(9), metadata: {} })
  const second = (['none', 'before', 'after'] as const)[draw(3)]
  return draftOf(act, view.item.id, 'referral.make', { ...change, fileHash, second }, more)
}

/** The referrals that the view shows, as a browser replays them. */
const referralsOf = async ({ world: { roster }, view }: Shown): Promise<SignedReferral[]> => {
  const log = await replayCaseLog(view.log, { caseId: view.item.id, roster })
  return [...log.referrals.values()]
}

// The app offers no second signature to the person who made the referral.
export const composeSecond: Compose = async (shown, act) => {
  const { member, view, draw } = shown
  const open = (await referralsOf(shown)).filter((each) => faultOfConfirm(each, member.id) === null)
  const made = open[draw(Math.max(1, open.length))]
  if (!made) return null
  const { change, ...more } = await aboutReferral(shown)
  const of = { row: made.n, hash: made.hash }
  return draftOf(act, view.item.id, 'referral.confirm', { ...change, of }, more)
}

export const composeMark: Compose = async (shown, act) => {
  const { view, draw } = shown
  const today = dayOf(Date.now())
  const steps = (await referralsOf(shown)).flatMap((made) =>
    nextStates(made)
      .map((to) => ({ from: made.state, to, ...(to === 'sent' && { expectedDay: null }) }))
      .filter((step) => faultOfMark(made, step, today) === null)
      .map((step) => ({ of: { row: made.n, hash: made.hash }, ...step })),
  )
  const step = steps[draw(Math.max(1, steps.length))]
  if (!step) return null
  const { change, ...more } = await aboutReferral(shown)
  return draftOf(act, view.item.id, 'referral.mark', { ...change, ...step }, more)
}

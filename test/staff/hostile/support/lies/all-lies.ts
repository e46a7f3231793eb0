// Lists every kind of lie, and chooses the lies of a run.
import { happens } from '#scripts/shared/seeded-random'
import { type Lie, type MakeLie, type ServerHand } from '../hostile-server.ts'
import { dateBack, dateEntryBack, dateStatusBack } from './date-back.ts'
import { acceptAll, refuseWrites } from './refuse-writes.ts'
import {
  addNoise,
  addStranger,
  feedCaseKey,
  forgeParts,
  swapLetter,
  swapReport,
} from './tell-case.ts'
import { changeCheckpoint, hideCheckpoint, hideHead } from './tell-checkpoint.ts'
import { forgePiece, forgeSealed } from './tell-index.ts'
import { feedEpoch, feedRewrap, feedTeam, hideCopies } from './tell-keys.ts'
import { cutLedger } from './tell-ledger.ts'
import { breakRow, cutCase, cutHead, cutLog, cutToLoss, cutToLossAlone } from './tell-log.ts'
import { forgeFirstLetter, forgeReply, forgeUnderOldKey } from './tell-old-words.ts'
import { answerAsBefore } from './tell-past.ts'

/** Lies that work together, in the order in which they change a response. */
const TOGETHER: readonly (readonly MakeLie[])[] = [
  [feedTeam, feedCaseKey],
  [feedTeam, feedCaseKey, acceptAll],
  [feedTeam, forgeParts],
  [feedTeam, feedRewrap],
  [feedTeam, forgeSealed],
  [feedCaseKey],
  [forgeParts],
  [forgeSealed],
  [forgeUnderOldKey],
  [forgeUnderOldKey],
  [forgeFirstLetter],
  [forgeReply],
  [feedEpoch],
  [feedEpoch, swapLetter],
  [swapLetter],
  [hideCopies],
  [cutLog],
  [cutLog, cutHead],
  [cutCase],
  [cutCase],
  [cutCase, hideCheckpoint],
  [cutToLoss],
  [cutToLoss],
  [cutToLossAlone],
  [cutToLossAlone],
  [cutCase, acceptAll],
  [cutHead],
  [dateBack],
  [dateBack, hideCheckpoint],
  [dateBack, acceptAll],
  [feedTeam, dateBack],
  [dateEntryBack],
  [dateStatusBack],
  [dateStatusBack],
  [dateStatusBack],
  [dateEntryBack, hideCheckpoint],
  [feedTeam, dateBack, acceptAll],
  [cutLedger],
  [cutLedger],
  [cutLedger],
  [cutLedger, acceptAll],
  [answerAsBefore],
  [answerAsBefore, acceptAll],
  [addStranger],
  [addStranger, acceptAll],
  [forgePiece],
  [forgePiece],
  [feedTeam, forgePiece],
  [breakRow],
  [breakRow],
  [breakRow, acceptAll],
  [swapReport],
  [changeCheckpoint],
  [hideHead],
  [hideHead],
  [addNoise],
]

const inTurn = (seed: number): readonly MakeLie[] => TOGETHER.at(seed % TOGETHER.length) ?? []

/** Returns true for a seed whose lies are most useful during a departure. */
export const meetsDeparture = (seed: number): boolean =>
  [dateStatusBack, cutLedger, forgePiece].some((lie) => inTurn(seed).includes(lie))

/** @param seed  the seed of the run. Successive runs cycle through the kinds of lies */
export function drawLies(hand: ServerHand, seed: number): Lie[] {
  const { chance } = hand
  const own = inTurn(seed)
  const groups = happens(chance, 30) ? [own, chance.one(TOGETHER)] : [own]
  const refusals = happens(chance, 60) ? [refuseWrites] : []
  // A refusal comes last, so that it decides the response.
  return [...new Set([...groups.flat(), ...refusals])].map((make) => make(hand))
}

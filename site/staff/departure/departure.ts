// Changes the keys after a departure, step by step. Each step determines its work from the replayed
// roster, so that any reader can continue after an interruption.
import { toB64 } from '#protocol/bytes'
import { type TeamEnd } from '#protocol/staff/ledger/keys'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { dayOf } from '#protocol/time'
import { sendAction } from '../api/send-action.ts'
import { signChange } from '../crypto/sign-change.ts'
import { openNextEpoch, sendRetirement } from '../ledger/change-epochs.ts'
import { keepFormerNames } from '../ledger/former-names.ts'
import { openNextTeam } from '../ledger/open-team.ts'
import { keepReceivers } from '../ledger/receivers.ts'
import { type CaseWriter } from '../session/case-writer.ts'
import { countAwaited } from './count-awaited.ts'
import { epochsBefore, lacksEpoch, lacksTeam, unended, unretired } from './state.ts'
import {
  repeatFor,
  runBulk,
  type Departing,
  type DepartureStep,
  type DepartureStepName,
} from './step.ts'
import { replacePieces } from './replace-pieces.ts'
import { rewrapCases, type BulkAct } from './rewrap-cases.ts'
import { takeAllLetters } from './take-all-letters.ts'

async function endOldestTeam({ keys, nextKeys }: Departing, roster: Roster): Promise<void> {
  const [oldest] = unended(roster)
  if (!oldest) return
  // Some names of former colleagues and some receivers' records may still be sealed under the
  // generation that is to end.
  const by = { keys: await nextKeys(), roster }
  await keepFormerNames(by)
  await keepReceivers(by)
  const { generation } = oldest
  const change: TeamEnd = { generation }
  const signed = await signChange(
    keys,
    { action: 'team.end', subject: String(generation), change },
    { prev: toB64(roster.head), nowMs: Date.now() },
  )
  await sendAction('team.end', signed, String(generation))
}

async function retireOldest(keys: Departing['keys'], roster: Roster): Promise<void> {
  const [oldest] = unretired(roster)
  if (oldest) await sendRetirement(keys, roster, oldest.epoch, dayOf(Date.now()))
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)

/**
 * Lists the steps after `person.remove`, in order. The old generation ends last, because cases
 * whose keys are still under it could not be opened afterwards. Letters that are waiting in R2 do
 * not delay other steps, because they are taken under the new keys.
 */
export function departureSteps(departing: Departing): DepartureStep[] {
  const { keys } = departing
  const letters = (by: CaseWriter): BulkAct[] => {
    const epochs = epochsBefore(by.roster)
    return epochs.length > 0 ? [takeAllLetters(by, epochs)] : []
  }
  const rewrap = (by: CaseWriter): BulkAct[] =>
    unended(by.roster).map(({ generation }) => rewrapCases(by, generation))
  const pieces = (by: CaseWriter): BulkAct[] =>
    unended(by.roster).map(({ generation }) => replacePieces(by, generation))
  const step = (
    name: DepartureStepName,
    left: (roster: Roster) => number,
    change: (roster: Roster) => Promise<void>,
  ): DepartureStep => ({
    name,
    remaining: (roster) => Promise.resolve({ todo: left(roster), awaited: 0 }),
    run: (onProgress) => repeatFor(departing, left, change, onProgress),
  })
  return [
    step(
      'epoch',
      (roster) => Number(lacksEpoch(roster)),
      (roster) => openNextEpoch(keys, roster),
    ),
    step(
      'retire',
      (roster) => unretired(roster).length,
      (roster) => retireOldest(keys, roster),
    ),
    step(
      'team',
      (roster) => Number(lacksTeam(roster)),
      (roster) => openNextTeam(keys, roster),
    ),
    {
      name: 'take',
      remaining: async (roster) => {
        const { untaken, waiting } = await countAwaited({ keys, roster }, epochsBefore(roster))
        return { todo: untaken, awaited: waiting }
      },
      run: (onProgress) => runBulk(departing, letters, onProgress),
    },
    {
      name: 'rewrap',
      remaining: async (roster) => {
        const left = await Promise.all(rewrap({ keys, roster }).map((act) => act.remaining()))
        return { todo: sum(left), awaited: 0 }
      },
      run: (onProgress) => runBulk(departing, rewrap, onProgress),
    },
    {
      name: 'pieces',
      remaining: async (roster) => {
        const left = await Promise.all(pieces({ keys, roster }).map((act) => act.remaining()))
        return { todo: sum(left), awaited: 0 }
      },
      run: (onProgress) => runBulk(departing, pieces, onProgress),
    },
    step(
      'team_end',
      (roster) => unended(roster).length,
      (roster) => endOldestTeam(departing, roster),
    ),
  ]
}

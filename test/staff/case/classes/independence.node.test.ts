// Shows that changing a classification changes nothing else. Help, order, status, replies and
// closing stay the same.
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { dangerOf } from '#site/staff/case/read/danger-of.ts'
import { helpOf } from '#site/staff/case/read/help-of.ts'
import { threadsOf } from '#site/staff/case/read/in-thread.ts'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { helpedPerson, namedPersons } from '#site/staff/case/read/named-persons.ts'
import { tasksOf } from '#site/staff/case/read/tasks-of.ts'
import { wishesOf } from '#site/staff/case/read/wishes-of.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { type Classification } from '#site/staff/crypto/classification.ts'
import { laneOf } from '#protocol/staff/list/rank'
import { colleagues, type Colleagues } from '../../support/colleagues.ts'
import { copyCases, workedCases, type WorkedCase } from '../../support/worked-case.ts'
import { classified, setPerson } from './support.ts'

let team: Colleagues
let begun: WorkedCase[]
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Биринчи кат'])
  const [work] = begun as [WorkedCase]
  await work.openAndTake(team.aigul)
  await setPerson(work, team.aigul, classified())
  vi.unstubAllGlobals()
})
afterEach(() => vi.unstubAllGlobals())

const WORST: Partial<Classification> = {
  ...({ gender: 'Feminine', citizenship: ['KG'], under18: 'no', ageBand: 'from18' } as const),
  status: { value: 'ActualVictimOfTrafficking', decidedBy: 'CourtOrProsecution' },
  ...({ recruitment: ['Other'], control: ['SexualAbuse', 'PhysicalAbuse'] } as const),
  ...({ exploitation: ['SexualExploitation'], industry: 'C_Manufacturing' } as const),
  ...({ sexualExploitation: ['Prostitution'], recruitedIn: 'KG', exploitedIn: ['RU'] } as const),
}
const NONE: Partial<Classification> = {
  status: { value: 'NotAVictimOfTrafficking', decidedBy: 'Police' },
}

/** Everything that a list, a screen or an act reads from a case, except the records themselves. */
const readOf = (loaded: LoadedReport) => ({
  item: loaded.item,
  lane: laneOf(loaded.item),
  danger: dangerOf(loaded),
  tasks: tasksOf(threadsOf(loaded)),
  help: helpOf(threadsOf(loaded)),
  helped: helpedPerson(loaded),
  named: namedPersons(loaded),
  wishes: wishesOf(loaded),
})

async function worked(rest: Partial<Classification>) {
  const [work] = (await copyCases(begun)) as [WorkedCase]
  await setPerson(work, team.aigul, classified(rest))
  const before = readOf(await work.load(team.aigul))
  await sendReply(team.aigul, await work.load(team.aigul), 'Угуп жатабыз')
  await sendStatus(team.aigul, await work.load(team.aigul), 'closed', 'helped')
  const after = readOf(await work.load(team.aigul))
  vi.unstubAllGlobals()
  return { before, after }
}

test('A case reads the same without a classification, with the worst and with none', async () => {
  const without = await worked({})
  expect(without.after.item).toMatchObject({ status: 'closed', closeReason: 'helped' })
  for (const rest of [WORST, NONE]) expect(await worked(rest)).toEqual(without)
})

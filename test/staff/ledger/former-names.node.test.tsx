// Plays out departures with the real worker, and shows the names of the people who left.
import { render } from 'preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { memberNumber, type Roster } from '#protocol/staff/ledger/roster-state'
import { type People } from '#protocol/staff/people/people'
import { fetchPeople } from '#site/staff/api/people-api.ts'
import { loadReport } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { GivenMessages, messagesFrom } from '#site/staff/i18n/messages.tsx'
import { keepFormerNames, openFormerNames } from '#site/staff/ledger/former-names.ts'
import { LedgerContext } from '#site/staff/ledger/ledger-context.ts'
import { openNextTeam } from '#site/staff/ledger/open-team.ts'
import { type SeenNames } from '#site/staff/ledger/proven-names.ts'
import { useNames } from '#site/staff/ledger/use-names.ts'
import { type VerifiedLedger } from '#site/staff/ledger/verify-ledger.ts'
import { sendRemoval } from '#site/staff/people/send-confirmation.ts'
import { LedgerWriter, writer } from '#test/protocol/support/ledger.ts'
import { postLetter } from '../departure/support/edge.ts'
import { Office, type Reader } from '../departure/support/office.ts'
import { fakeDocument, makeRoot, nodesOf } from '../support/fake-dom.ts'
import { tell } from '../support/people.ts'

let office: Office, staying: Reader, leaver: Reader, second: Reader

beforeEach(async () => {
  office = await Office.open(2)
  ;[staying, second, leaver] = office.readers
  const filed = await postLetter(
    office.edge,
    await tell(await office.published(1), { text: 'Жардам керек' }),
  )
  await office.as(staying, async ({ by }) => takeLetters(by, await loadReport(by, filed.id)))
  for (const author of [leaver, second])
    await office.as(author, async ({ by }) =>
      writeIn(by, (await loadReport(by, filed.id)).sealed).entry(noteOf('Жазуу')),
    )
})
afterEach(() => vi.unstubAllGlobals())

const idOf = ({ by }: Reader): string => by.keys.personId

const remove = (who: Reader, isNumberOnly = false): Promise<void> =>
  office.as(staying, ({ by }) => sendRemoval(by.keys, by.roster, idOf(who), isNumberOnly))

const keep = (): Promise<void> => office.as(staying, ({ by }) => keepFormerNames(by))

/** Opens the copies that the edge has for a person, or a false response in place of the copies. */
const namesFor = (who: Reader, lie = (people: People): People => people): Promise<SeenNames> =>
  office.as(who, async ({ by }) => openFormerNames(by, lie(await fetchPeople()).former))

const PROVEN = { name: 'Айгүл', isProven: true }

test('R50: A reader’s browser seals the name of a leaver, and opens it again', async () => {
  await remove(leaver)
  expect((await namesFor(staying)).get(idOf(leaver))).toBeUndefined()
  await keep()
  expect((await namesFor(staying)).get(idOf(leaver))).toEqual(PROVEN)
  expect((await namesFor(office.caseworker)).get(idOf(leaver))).toEqual(PROVEN)
})

test('R50: A caseworker gets no name of a leaver who asked for a number', async () => {
  await remove(leaver, true)
  await keep()
  expect((await namesFor(staying)).get(idOf(leaver))).toEqual(PROVEN)
  expect((await namesFor(office.caseworker)).size).toBe(0)
  expect(office.edge.rows('SELECT * FROM name_copies')).toEqual([])
})

test('A new generation of the team key seals the kept names again', async () => {
  await remove(leaver)
  await keep()
  await office.as(staying, ({ by }) => openNextTeam(by.keys, by.roster))
  await keep()
  expect(office.edge.rows('SELECT generation FROM former_names')).toEqual([{ generation: 2 }])
  expect((await namesFor(staying)).get(idOf(leaver))).toEqual(PROVEN)
})

test('R50: A server that swaps the sealed names of two leavers shows no name', async () => {
  for (const each of [leaver, second]) await remove(each)
  await keep()
  const swap = ({ names, former }: People): People => ({
    names,
    former: former.map((each, at) => ({ ...each, id: former[1 - at]?.id ?? each.id })),
  })
  for (const who of [staying, office.caseworker]) {
    expect((await namesFor(who)).size).toBe(2)
    expect((await namesFor(who, swap)).size).toBe(0)
  }
})

test('R50: A reader’s browser does not seal a name that a server swapped', async () => {
  for (const each of [leaver, second]) await remove(each)
  const honest = fetch
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const answer = await honest(path, init)
    if (path !== '/api/staff/people') return answer
    const people = (await answer.json()) as People
    const left = people.names.filter(({ id }) => people.former.some((each) => each.id === id))
    const named = left.map((each, at) => ({ ...each, id: left[1 - at]?.id ?? each.id }))
    return Response.json({ ...people, names: named })
  })
  await keep()
  expect(office.edge.rows('SELECT * FROM former_names WHERE sealed IS NOT NULL')).toEqual([])
})

const words = messagesFrom(
  {
    'staff.names.left': '{name} until {day}',
    'staff.names.number': 'colleague {n}, {role}, {year}',
    'staff.names.unproven': '[unproven] {name}',
    'staff.role.intake': 'Reader',
  },
  'ky',
  () => undefined,
)

function Shown({ id }: { id: string }) {
  return <p>{useNames()(id)}</p>
}

function shown(roster: Roster, id: string, names: SeenNames): string {
  const whole: VerifiedLedger = { is: 'whole', rows: [], rootId: roster.rootId, roster }
  const seen = {
    ...{ ledger: whole, names, progress: null, why: null },
    verify: () => Promise.resolve(),
    newest: () => whole,
    nextRoster: () => Promise.resolve(roster),
  }
  vi.stubGlobal('document', fakeDocument)
  const root = makeRoot()
  render(
    <GivenMessages value={words}>
      <LedgerContext.Provider value={seen}>
        <Shown id={id} />
      </LedgerContext.Provider>
    </GivenMessages>,
    // Guarantee: Preact uses only the parts of a document that the fake document has.
    root,
  )
  const text = [...nodesOf(root)].map(({ data }) => data).join('')
  render(null, root)
  return text
}

test('Two leavers without names differ by their numbers, and a name says until when', async () => {
  const [aigul, bermet, daniyar] = [await writer(), await writer(), await writer()]
  const ledger = await LedgerWriter.begin()
  for (const each of [aigul, bermet, daniyar]) await ledger.certify(each, 'admin', 'intake')
  for (const each of [bermet, daniyar]) await ledger.add(aigul, 'person.remove', each.id, each.keys)
  const { isWhole, roster } = await replayLedger(ledger.rows, ledger.rootKey)
  expect(isWhole).toBe(true)
  expect([bermet, daniyar].map(({ id }) => memberNumber(roster, id))).toEqual([2, 3])
  const { left } = roster.people.get(daniyar.id) ?? {}
  const [year = '', month, day] = left?.at.slice(0, 10).split('-') ?? []
  expect(shown(roster, bermet.id, new Map())).toBe(`colleague 2, reader, ${year}`)
  expect(shown(roster, daniyar.id, new Map())).toBe(`colleague 3, reader, ${year}`)
  const name = 'Данияр'
  const named = (isProven: boolean): SeenNames => new Map([[daniyar.id, { name, isProven }]])
  expect(shown(roster, daniyar.id, named(true))).toBe(`${name} until ${day}.${month}.${year}`)
  expect(shown(roster, daniyar.id, named(false))).toBe(`[unproven] ${name}`)
})

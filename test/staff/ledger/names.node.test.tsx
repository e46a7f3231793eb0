// Tests the app against a server that swaps names in its table, and tests the names that a browser
// remembers. Only useNames shows a colleague's name, so two screens represent all screens that show
// names.
import { render } from 'preact'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Role } from '#protocol/staff/fields'
import { type People as Answer } from '#protocol/staff/people/people'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { saltName, type HashedName } from '#site/staff/crypto/person-name.ts'
import { GivenMessages, messagesFrom } from '#site/staff/i18n/messages.tsx'
import { LedgerContext } from '#site/staff/ledger/ledger-context.ts'
import { proveNames, type SeenNames } from '#site/staff/ledger/proven-names.ts'
import {
  changedNames,
  learnNames,
  rememberedNames,
  rememberNames,
} from '#site/staff/ledger/remembered-names.ts'
import { type WholeLedger } from '#site/staff/ledger/verify-ledger.ts'
import { LogRows } from '#site/staff/log/log-rows.tsx'
import { readRows } from '#site/staff/ledger/read-rows.ts'
import { Colleagues } from '#site/staff/people/colleagues.tsx'
import { useNames } from '#site/staff/ledger/use-names.ts'
import { SessionContext } from '#site/staff/session/session-context.ts'
import { LedgerWriter, writer, type Writer } from '#test/protocol/support/ledger.ts'
import { fakeDocument, makeRoot, nodesOf } from '../support/fake-dom.ts'
import { memoryStorage } from '../support/memory-storage.ts'
import { staffed, type Staffed } from '../support/people.ts'

/** The names in the table. */
type People = Pick<Answer, 'names'>

const words = messagesFrom(
  {
    'staff.names.unproven': '[unproven] {name}',
    'staff.ledger.nobody': '[left]',
    'staff.people.remove.name': 'remove {name}',
    'staff.log.did.person.certify': 'certified {whom}',
  },
  'ky',
  () => undefined,
)

interface Named extends Writer {
  named: HashedName
}

/** the reader whose browser shows the screens, and two colleagues */
let reader: Staffed, cholpon: Named, daniyar: Named
let ledger: LedgerWriter
let honest: People

async function person(name: string): Promise<Named> {
  const named = await saltName(name)
  return { ...(await writer()), named, nameHash: named.nameHash }
}

const rowOf = ({ id, named: { name, salt } }: Named): People['names'][number] => ({
  id,
  name,
  salt,
})

/**
 * Swaps the names of the two colleagues, as the server does, and the salts too if `withSalt` is
 * true.
 */
const swapped = (withSalt: boolean): People => ({
  names: honest.names.map((own, at) => {
    const other = honest.names[1 - at] ?? own
    return { ...own, name: other.name, ...(withSalt && { salt: other.salt }) }
  }),
})

beforeAll(async () => {
  ;[reader, cholpon, daniyar] = [await staffed(), await person('Чолпон'), await person('Данияр')]
  ledger = await LedgerWriter.begin()
  const roles: Role[] = ['admin', 'intake']
  for (const each of [cholpon, daniyar]) await ledger.certify(each, ...roles)
  honest = { names: [rowOf(cholpon), rowOf(daniyar)] }
})
beforeEach(() => {
  vi.stubGlobal('document', fakeDocument)
  vi.stubGlobal('localStorage', memoryStorage())
})
afterEach(() => vi.unstubAllGlobals())

async function wholeLedger(): Promise<WholeLedger> {
  const { isWhole, roster } = await replayLedger(ledger.rows, ledger.rootKey)
  expect(isWhole).toBe(true)
  return { is: 'whole', rows: ledger.rows, rootId: roster.rootId, roster }
}

/** The parts of the app that show people's names. */
function Screens({ whole }: { whole: WholeLedger }) {
  const nameOf = useNames()
  const rows = readRows(whole.rows)
  return (
    <>
      <Colleagues ledger={whole} nameOf={nameOf} onRemoved={() => undefined} />
      <LogRows rows={rows} all={rows} hashes={whole.roster.hashes} />
    </>
  )
}

/** Returns the texts and labels of the colleague list and of the log. */
async function shown(people: People): Promise<string[]> {
  const whole = await wholeLedger()
  const names: SeenNames = await proveNames(people, whole.roster)
  const seen = {
    ...{ ledger: whole, names, progress: null, why: null },
    verify: () => Promise.resolve(),
    newest: () => whole,
    nextRoster: () => Promise.resolve(whole.roster),
  }
  const session = {
    ...reader,
    ...{ drafts: new Map<string, string>(), waiting: { epochs: [], generations: [] } },
    newest: () => ({ keys: reader.keys, ledger: whole }),
    renewKeys: () => Promise.resolve(reader),
    nextWriter: () => Promise.resolve(reader),
    ...{ onSignedOut: () => undefined, onOwn: () => undefined },
    onNewKeys: () => Promise.resolve(),
  }
  const root = makeRoot()
  render(
    <GivenMessages value={words}>
      <SessionContext.Provider value={session}>
        <LedgerContext.Provider value={seen}>
          <Screens whole={whole} />
        </LedgerContext.Provider>
      </SessionContext.Provider>
    </GivenMessages>,
    // Guarantee: Preact uses only the parts of a document that the fake document has.
    root,
  )
  const texts = [...nodesOf(root)].flatMap(({ data, attributes }) => [
    data,
    attributes.get('aria-label') ?? '',
  ])
  render(null, root)
  return texts.filter((text) => /Чолпон|Данияр|\[left\]/.test(text))
}

test('Names that fit the ledger are shown without a mark', async () => {
  const texts = await shown(honest)
  expect(texts).toContain('remove Чолпон')
  expect(texts).toContain('certified Данияр')
  expect(texts.join()).not.toContain('unproven')
})

test('R50: Names that a server swaps are marked in every place that shows them', async () => {
  for (const people of [swapped(true), swapped(false)]) {
    const texts = await shown(people)
    expect(texts).toContain('remove [unproven] Чолпон')
    expect(texts).toContain('certified [unproven] Данияр')
    expect(texts.filter((text) => !text.includes('[unproven]'))).toEqual([])
  }
})

test('R50: A person of the table whom the ledger does not name has no proven name', async () => {
  const planted = { id: (await writer()).id, name: 'Айгүл', salt: cholpon.named.salt }
  const { roster } = await wholeLedger()
  const names = await proveNames({ names: [...honest.names, planted] }, roster)
  expect(names.get(planted.id)).toEqual({ name: 'Айгүл', isProven: false })
})

test('A person whose name was deleted is somebody who left, without a mark', async () => {
  const texts = await shown({ names: [rowOf(cholpon)] })
  expect(texts).toContain('remove [left]')
  expect(texts.join()).not.toContain('unproven')
})

test('R50: A browser says once that a known name has changed, even by a proper row', async () => {
  const whole = await wholeLedger()
  const owner = reader.keys
  const first = await proveNames(honest, whole.roster)
  const learnt = learnNames(await rememberedNames(whole.rootId, owner), first, whole.roster)
  expect(changedNames(learnt, first)).toEqual([])
  await rememberNames(whole.rootId, owner, learnt)

  const copy = ledger.copy()
  const renamed = await saltName('Бермет')
  await copy.add(cholpon, 'person.rename', cholpon.id, { nameHash: renamed.nameHash })
  const { roster } = await replayLedger(copy.rows, copy.rootKey)
  const people = { names: [rowOf({ ...cholpon, named: renamed }), rowOf(daniyar)] }
  const names = await proveNames(people, roster)
  expect([...names.values()].every(({ isProven }) => isProven)).toBe(true)
  const known = learnNames(await rememberedNames(whole.rootId, owner), names, roster)
  expect(changedNames(known, names)).toEqual([{ id: cholpon.id, before: 'Чолпон', now: 'Бермет' }])
  await rememberNames(whole.rootId, owner, new Map(known).set(cholpon.id, 'Бермет'))
  expect(changedNames(await rememberedNames(whole.rootId, owner), names)).toEqual([])
})

test('A browser keeps names only in sealed form, and drops those of people who left', async () => {
  const whole = await wholeLedger()
  const storage = memoryStorage()
  vi.stubGlobal('localStorage', storage)
  const names = await proveNames(honest, whole.roster)
  const learnt = learnNames(new Map(), names, whole.roster)
  await rememberNames(whole.rootId, reader.keys, learnt)
  const [[place, kept] = []] = [...storage.kept]
  expect(place).toBe(`oasis-staff-names-${whole.rootId}-${reader.me.id}`)
  expect(kept).not.toContain('Чолпон')
  expect(new Map(await rememberedNames(whole.rootId, reader.keys))).toEqual(learnt)
  // Another colleague on the same device cannot open the remembered names.
  expect(await rememberedNames(whole.rootId, (await staffed()).keys)).toEqual(new Map())

  const copy = ledger.copy()
  await copy.add(daniyar, 'person.remove', cholpon.id, cholpon.keys)
  const { roster } = await replayLedger(copy.rows, copy.rootKey)
  expect([...learnNames(learnt, names, roster).keys()]).toEqual([daniyar.id])
})

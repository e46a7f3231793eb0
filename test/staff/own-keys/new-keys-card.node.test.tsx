// Tests the text on the "My keys" screen for a person who may not make new keys. Also tests the
// warning for a person who would lose a certificate.
import { render } from 'preact'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { DAY_MS } from '#protocol/limits'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { dayNumber } from '#protocol/time'
import { GivenMessages, messagesFrom } from '#site/staff/i18n/messages.tsx'
import { LedgerContext } from '#site/staff/ledger/ledger-context.ts'
import { NewKeysCard } from '#site/staff/own-keys/new-keys-card.tsx'
import { SessionContext } from '#site/staff/session/session-context.ts'
import { LedgerWriter } from '#test/protocol/support/ledger.ts'
import { fakeDocument, makeRoot, nodesOf } from '../support/fake-dom.ts'
import { member, type Member } from '../support/ledger.ts'

const KEYS = ['begin', 'only_reader', 'only_reader.recover', 'keeper', 'only_keeper'] as const
const words = messagesFrom(
  {
    ...Object.fromEntries(KEYS.map((key) => [`staff.new_keys.${key}`, `[${key}]`])),
    'staff.ledger.off': '[off]',
  },
  'ky',
  () => undefined,
)
let aigul: Member, bermet: Member
beforeAll(async () => {
  vi.stubGlobal('document', fakeDocument)
  ;[aigul, bermet] = await Promise.all([member(), member()])
})
afterAll(() => vi.unstubAllGlobals())

/** Shows the card to the first colleague, after these rows. */
async function shown(write: (ledger: LedgerWriter) => Promise<void>): Promise<string> {
  const ledger = await LedgerWriter.begin(Date.now() - DAY_MS)
  await ledger.certify(aigul.writer, 'admin', 'intake')
  await write(ledger)
  const replayed = await replayLedger(ledger.rows, ledger.rootKey)
  const { roster } = replayed
  const read = { rows: ledger.rows, rootId: roster.rootId, roster }
  const seen = {
    ledger: replayed.isWhole
      ? { ...read, is: 'whole' as const }
      : { ...read, is: 'broken' as const, at: replayed.at },
    names: new Map(),
    progress: null,
    why: null,
    verify: () => Promise.resolve(),
    newest: () => null,
    nextRoster: () => Promise.resolve(roster),
  }
  const session = {
    ...aigul.staff,
    drafts: new Map<string, string>(),
    newest: () => ({ keys: aigul.staff.keys, ledger: null }),
    waiting: { epochs: [], generations: [] },
    renewKeys: () => Promise.resolve(aigul.staff),
    nextWriter: () => Promise.resolve(aigul.staff),
    onSignedOut: () => undefined,
    onOwn: () => undefined,
    onNewKeys: () => Promise.resolve(),
  }
  const root = makeRoot()
  render(
    <GivenMessages value={words}>
      <SessionContext.Provider value={session}>
        <LedgerContext.Provider value={seen}>
          <NewKeysCard onHelp={() => undefined} onBegin={() => undefined} />
        </LedgerContext.Provider>
      </SessionContext.Provider>
    </GivenMessages>,
    // Guarantee: Preact uses only the parts of a document that the fake document has.
    root,
  )
  return [...nodesOf(root)].map(({ data }) => data).join(' ')
}

const LAST_DAY = dayNumber(Date.now()) + 100

test('The only reader is shown what to do instead, and no button', async () => {
  const card = await shown(() => Promise.resolve())
  expect(card).toContain('[only_reader]')
  expect(card).toContain('[only_reader.recover]')
  expect(card).not.toContain('[begin]')
})

test('A reader beside another one is offered new keys', async () => {
  const card = await shown((ledger) => ledger.certify(bermet.writer, 'intake'))
  expect(card).toContain('[begin]')
  expect(card).not.toMatch(/only_|keeper/)
})

test('The only keeper is warned and may still make new keys', async () => {
  const card = await shown(async (ledger) => {
    await ledger.certify(bermet.writer, 'intake')
    await ledger.certifyKeeper(aigul.writer, LAST_DAY)
  })
  expect(card).toContain('[only_keeper]')
  expect(card).toContain('[begin]')
})

test('A keeper beside another one reads that the certificate ends', async () => {
  const card = await shown(async (ledger) => {
    await ledger.certify(bermet.writer, 'intake')
    await ledger.certifyKeeper(aigul.writer, LAST_DAY)
    await ledger.certifyKeeper(bermet.writer, LAST_DAY)
  })
  expect(card).toContain('[keeper]')
  expect(card).not.toContain('[only_keeper]')
})

test('Nobody makes new keys while the ledger is broken', async () => {
  const card = await shown(async (ledger) => {
    await ledger.certify(bermet.writer, 'intake')
    await ledger.add(bermet.writer, 'person.rekey', aigul.writer.id, bermet.writer.keys)
  })
  expect(card).toContain('[off]')
  expect(card).not.toContain('[begin]')
})

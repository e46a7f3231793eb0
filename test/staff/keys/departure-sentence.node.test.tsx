// Tests the line above the workspace after somebody has left: who ended that person's access, and
// who must act next.
import { render } from 'preact'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { certifyAdmin, signManifest } from '#protocol/keys/manifest'
import { DAY_MS } from '#protocol/limits'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { dayNumber } from '#protocol/time'
import { GivenMessages, messagesFrom } from '#site/staff/i18n/messages.tsx'
import { DepartureSentence } from '#site/staff/keys/departure-sentence.tsx'
import { dayText } from '#site/staff/ledger/key-facts.ts'
import { LedgerContext } from '#site/staff/ledger/ledger-context.ts'
import { SessionContext } from '#site/staff/session/session-context.ts'
import { LedgerWriter, type Writer } from '#test/protocol/support/ledger.ts'
import { hpkePair } from '#test/protocol/support/organisation.ts'
import { fakeDocument, makeRoot, nodesOf } from '../support/fake-dom.ts'
import { member, type Member } from '../support/ledger.ts'

const words = messagesFrom(
  {
    'staff.log.did.person.remove': '{who} ends the access of {whom}.',
    'staff.names.number': 'colleague {n}, {role}, to {year}',
    'staff.role.intake': 'Intake',
    'staff.departure.line': '[not changed]',
    'staff.departure.waits': 'waits for {names}',
    'staff.departure.step.epoch': 'a new key',
  },
  'en',
  () => undefined,
)
const TODAY = dayNumber(Date.now())
const LAST_DAY = TODAY + 700
/** two o'clock in the morning in Bishkek, when the date in UTC is still the day before */
const EVENING = (TODAY - 1) * DAY_MS + 20 * 3_600_000

let aigul: Member, bermet: Member, daniyar: Member
beforeAll(async () => {
  vi.stubGlobal('document', fakeDocument)
  ;[aigul, bermet, daniyar] = await Promise.all([member(), member(), member()])
})
afterAll(() => vi.unstubAllGlobals())

/** Adds the first epoch, which the keeper opens. */
async function openEpoch(ledger: LedgerWriter, keeper: Writer): Promise<void> {
  const admin = keeper.signing.publicKey
  const certificate = await certifyAdmin(ledger.root.signing.privateKey, admin, LAST_DAY)
  const manifest = await signManifest(keeper.signing.privateKey, certificate, {
    ...{ epoch: 1, firstDay: TODAY - 1, lastDay: TODAY + 300, admin, adminLastDay: LAST_DAY },
    intake: (await hpkePair()).publicKey,
    hybridHash: randomBytes(32),
  })
  await ledger.add(keeper, 'epoch.open', '1', { epoch: 1, manifest: toB64(manifest) })
}

/** Shows the line to a colleague after Aigul has ended Daniyar's access. */
async function shownTo(reader: Member): Promise<string> {
  const ledger = await LedgerWriter.begin(EVENING)
  for (const each of [aigul, bermet, daniyar]) await ledger.certify(each.writer, 'admin', 'intake')
  await ledger.certifyKeeper(bermet.writer, LAST_DAY)
  await openEpoch(ledger, bermet.writer)
  const { id, keys } = daniyar.writer
  await ledger.add(aigul.writer, 'person.remove', id, keys)
  const { roster, isWhole } = await replayLedger(ledger.rows, ledger.rootKey)
  expect(isWhole).toBe(true)
  const read = { is: 'whole' as const, rows: ledger.rows, rootId: roster.rootId, roster }
  const proven = (name: string) => ({ name, isProven: true })
  const seen = {
    ledger: read,
    names: new Map([
      [aigul.writer.id, proven('Aigul')],
      [bermet.writer.id, proven('Bermet')],
    ]),
    progress: null,
    why: null,
    verify: () => Promise.resolve(),
    newest: () => null,
    nextRoster: () => Promise.resolve(roster),
  }
  const session = {
    ...reader.staff,
    drafts: new Map<string, string>(),
    newest: () => ({ keys: reader.staff.keys, ledger: null }),
    waiting: { epochs: [], generations: [] },
    renewKeys: () => Promise.resolve(reader.staff),
    nextWriter: () => Promise.resolve(reader.staff),
    onSignedOut: () => undefined,
    onOwn: () => undefined,
    onNewKeys: () => Promise.resolve(),
  }
  const root = makeRoot()
  render(
    <GivenMessages value={words}>
      <SessionContext.Provider value={session}>
        <LedgerContext.Provider value={seen}>
          <DepartureSentence ledger={read} />
        </LedgerContext.Provider>
      </SessionContext.Provider>
    </GivenMessages>,
    // Guarantee: Preact uses only the parts of a document that the fake document has.
    root,
  )
  return [...nodesOf(root)].map(({ data }) => data).join('')
}

test('A colleague reads who ended the access, when, and whom it waits for', async () => {
  vi.stubEnv('TZ', 'Asia/Bishkek')
  const line = await shownTo(aigul)
  vi.unstubAllEnvs()
  const whom = `colleague 3, intake, to ${dayText(TODAY).slice(-4)}`
  expect(line).toBe(
    `${dayText(TODAY)} Aigul ends the access of ${whom}. waits for Bermet (a new key)`,
  )
})

test('A keeper waits for nobody', async () => {
  const line = await shownTo(bermet)
  expect(line).toContain('[not changed]')
  expect(line).not.toContain('waits')
})

// Renders a part of a case as a reader sees it. Each sentence of the app appears as its key, so
// that a test does not depend on a language.
import { render, type ComponentChildren } from 'preact'
import { vi } from 'vitest'
import { type Role } from '#protocol/staff/fields'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { type CaseProps } from '#site/staff/case/screen/case-props.ts'
import { savedDraftKey, type DraftOf } from '#site/staff/crypto/drafts.ts'
import { GivenMessages, messagesFrom } from '#site/staff/i18n/messages.tsx'
import { LedgerContext } from '#site/staff/ledger/ledger-context.ts'
import { SessionContext } from '#site/staff/session/session-context.ts'
import { type Colleagues } from './colleagues.ts'
import { fakeDocument, makeRoot, nodesOf, type FakeNode } from './fake-dom.ts'

interface ShownTo {
  team: Colleagues
  /** the reader's unsent words */
  drafts?: ReadonlyMap<string, string>
  roles?: Role[]
}

/** Renders the part. */
export function screenOf(
  { team, drafts = new Map(), roles = team.staff.me.roles }: ShownTo,
  part: ComponentChildren,
): FakeNode {
  vi.stubGlobal('document', fakeDocument)
  const { roster } = team.aigul
  const seen = {
    ledger: { is: 'whole' as const, rows: team.ledger.rows, rootId: roster.rootId, roster },
    names: new Map([[team.aigul.keys.personId, { name: 'Айгүл', isProven: true }]]),
    progress: null,
    why: null,
    verify: () => Promise.resolve(),
    newest: () => null,
    nextRoster: () => Promise.resolve(roster),
  }
  const session = {
    me: { ...team.staff.me, roles },
    ...team.aigul,
    newest: () => ({ keys: team.aigul.keys, ledger: seen.ledger }),
    waiting: { epochs: [], generations: [] },
    drafts: new Map(drafts),
    renewKeys: () => Promise.resolve(team.aigul),
    nextWriter: () => Promise.resolve(team.aigul),
    onSignedOut: () => undefined,
    onOwn: () => undefined,
    onNewKeys: () => Promise.resolve(),
  }
  const root = makeRoot()
  render(
    <GivenMessages value={messagesFrom({}, 'ky', () => undefined)}>
      <SessionContext.Provider value={session}>
        <LedgerContext.Provider value={seen}>{part}</LedgerContext.Provider>
      </SessionContext.Provider>
    </GivenMessages>,
    // Guarantee: Preact uses only the parts of a document that the fake document has.
    root,
  )
  return root
}

/** Returns all text on a screen, with the values of its fields, on one line. */
export const textsIn = (root: FakeNode): string =>
  [...nodesOf(root)]
    .flatMap(({ data, attributes }) => [data, attributes.get('value') ?? ''])
    .filter(Boolean)
    .join(' ')

/** Returns the text of the part, and removes the part before anything arrives over the network. */
export function shown(...part: Parameters<typeof screenOf>): string {
  const root = screenOf(...part)
  const texts = textsIn(root)
  render(null, root)
  return texts
}

/** Waits until a check passes, even on a busy machine. */
export const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000 })

/** Returns the props that every part of a case receives. */
export const partOf = (loaded: LoadedReport): CaseProps => ({
  loaded,
  checks: null,
  fresh: new Set(),
  reload: () => Promise.resolve(),
  onSaved: () => undefined,
})

/** Returns a store that contains a form that a person has started to fill in for the case. */
export const draftIn = (
  { item }: Pick<LoadedReport, 'item'>,
  of: DraftOf,
  fields: Record<string, string>,
  base = 0,
): Map<string, string> => new Map([[savedDraftKey(of, item.id), JSON.stringify({ base, fields })]])

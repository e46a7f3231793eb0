// Checks that untrusted words become only text nodes: no element, no attribute, no property.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { render } from 'preact'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { CodedAnswers } from '#site/staff/case/facts/coded-answers.tsx'
import { ConsentFacts, ReportFacts } from '#site/staff/case/facts/report-facts.tsx'
import { SafeContactFacts } from '#site/staff/case/facts/safe-contact.tsx'
import { openAll } from '#site/staff/case/read/load-report.ts'
import { ThreadView } from '#site/staff/case/screen/thread.tsx'
import { GivenMessages, messagesFrom } from '#site/staff/i18n/messages.tsx'
import { LedgerContext } from '#site/staff/ledger/ledger-context.ts'
import { SessionContext } from '#site/staff/session/session-context.ts'
import { UntrustedText } from '#site/staff/ui/untrusted-text.tsx'
import { attacks, manyAttacks } from '../support/attacks.ts'
import { fakeDocument, makeRoot, nodesOf, type FakeNode } from '../support/fake-dom.ts'
import { openedWith, staffed, tell, type Staffed } from '../support/people.ts'

const words = messagesFrom({}, 'ky', () => undefined)
let staff: Staffed
beforeAll(async () => {
  vi.stubGlobal('document', fakeDocument)
  vi.stubGlobal('fetch', () => new Promise(() => undefined))
  staff = await staffed()
})
afterAll(() => vi.unstubAllGlobals())

/** The places that show a reporter's words unchanged. */
const PLACES = ['text', 'place', 'lang', 'added', 'alone'] as const
const CONTACT = ['how', 'when', 'avoid', 'name', 'word', 'langs'] as const
type Place = (typeof PLACES)[number] | (typeof CONTACT)[number]

/** Renders a report with `attack` in every place, except where `own` has other words. */
async function rendered(
  attack: string,
  own: Partial<Record<Place, string>> = {},
): Promise<{ shape: string[]; words: string[] }> {
  const at = (place: Place): string => own[place] ?? attack
  const contact = {
    how: at('how'),
    when: at('when'),
    avoid: at('avoid'),
    name: at('name'),
    word: at('word'),
    lang: at('langs'),
  }
  const file = { key: toB64(randomBytes(32)), size: 5, hash: toB64(randomBytes(32)), chunk: 8192 }
  const files = [{ ...file, type: attack, name: attack, made: attack }]
  const reported = await tell(staff, {
    text: at('text'),
    place: at('place'),
    lang: at('lang'),
    contact,
    // Guarantee: another device may seal fields of any shape, so the cast is correct.
    ...({ consent: attack, signs: [attack], needs: [attack, 'talk'], files } as object),
  })
  const added = await tell(
    staff,
    { text: at('added'), ...({ files } as object) },
    { kind: 4, ownerHash: reported.ownerHash },
  )
  const followUps = [
    {
      id: added.id,
      day: '2026-11-25',
      sealedBy: 'device' as const,
      envelope: toB64(added.envelope),
    },
  ]
  const loaded = await openAll(staff, openedWith(reported, { followUps }))
  if (!loaded.first) throw new Error('not opened')
  const root = makeRoot()
  const seen = {
    ...{ ledger: null, names: new Map(), progress: null, why: null },
    verify: () => Promise.resolve(),
    newest: () => null,
    nextRoster: () => new Promise<never>(() => undefined),
  }
  const session = {
    ...staff,
    drafts: new Map<string, string>(),
    newest: () => ({ keys: staff.keys, ledger: null }),
    waiting: { epochs: [], generations: [] },
    renewKeys: () => Promise.resolve(staff),
    nextWriter: () => Promise.resolve(staff),
    onSignedOut: () => undefined,
    onOwn: () => undefined,
    onNewKeys: () => Promise.resolve(),
  }
  render(
    <GivenMessages value={words}>
      <SessionContext.Provider value={session}>
        <LedgerContext.Provider value={seen}>
          <ConsentFacts consent={loaded.first.report.consent} />
          <ReportFacts loaded={loaded} />
          <SafeContactFacts contact={loaded.first.report.contact} />
          <CodedAnswers report={loaded.first.report} />
          <ThreadView loaded={loaded} checks={null} fresh={new Set()} />
          <UntrustedText text={at('alone')} />
        </LedgerContext.Provider>
      </SessionContext.Provider>
    </GivenMessages>,
    // Guarantee: Preact uses only the parts of a document that the fake document has.
    root,
  )
  const shape = shapeOf(root)
  const texts = [...nodesOf(root)].map(({ data }) => data)
  render(null, root)
  return { shape, words: texts }
}

const shapeOf = (root: FakeNode) =>
  [...nodesOf(root)].map((node) =>
    node.nodeType === 3 ? '#text' : [node.localName, ...[...node.attributes].flat()].join(' '),
  )

/** Returns the text as the staff app shows it: characters that no program can show are replaced. */
const shown = (text: string): string => text.replace(/[\0\p{Cs}]/gu, '\ufffd')

describe('attack strings, sealed, opened and shown', () => {
  test('R16: 300 attack strings, each in every place, are text and add no element', async () => {
    const harmless = (await rendered('Жардам керек')).shape
    const tried = attacks()
    expect(tried).toHaveLength(300)
    for (const attack of tried) {
      const { shape, words } = await rendered(attack)
      expect(shape).toEqual(harmless)
      // The 17 places are text, follow-up, place, language, the words alone, and two sets of six
      // contact fields. For a short attack string, the page also shows a sign and a need, each
      // twice. The names and types of two files are shown as well.
      const [codes, files] = [attack.length > 60 ? 0 : 4, attack.length > 200 ? 0 : 4]
      expect(words.filter((each) => shown(each) === shown(attack))).toHaveLength(17 + codes + files)
    }
  })

  test('R16: 5,000 attack strings, each in a place, become text, whole, where shown', async () => {
    const harmless = (await rendered('Жардам керек')).shape
    const tried = manyAttacks()
    expect(new Set(tried).size).toBe(5000)
    const places = [...PLACES, ...CONTACT]
    while (tried.length > 0) {
      const own = Object.fromEntries(
        places.flatMap((place) => {
          const attack = tried.pop()
          return attack === undefined ? [] : [[place, attack]]
        }),
      )
      const { shape, words } = await rendered('Жардам керек', own)
      expect(shape).toEqual(harmless)
      // Both the advice box and the letter show how to reach the person.
      for (const [place, attack] of Object.entries(own))
        expect(words.filter((each) => shown(each) === shown(attack))).toHaveLength(
          CONTACT.some((each) => each === place) ? 2 : 1,
        )
    }
  }, 60_000)
})

describe('names that every object has', () => {
  const properties = () => Object.getOwnPropertyNames(Object.prototype)

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__'])(
    'R16: The word %s in every place is only letters, and the prototype is unchanged',
    async (name) => {
      const before = properties()
      const harmless = (await rendered('Жардам керек')).shape
      const { shape, words } = await rendered(name)
      expect(shape).toEqual(harmless)
      expect(words.filter((each) => each === name)).toHaveLength(25)
      expect(properties()).toEqual(before)
    },
  )
})

describe('the fake document', () => {
  test('R16: The fake document sees words in an attribute, in a property and in markup', () => {
    for (const view of [
      <p title="<b>" />,
      <input value="<b>" />,
      <p dangerouslySetInnerHTML={{ __html: '<b>' }} />,
    ]) {
      const root = makeRoot()
      // Guarantee: Preact uses only the parts of a document that the fake document has.
      render(view, root)
      expect(shapeOf(root).join()).toContain('<b>')
    }
  })
})

describe('the source of the staff app', () => {
  const folder = join(import.meta.dirname, '../../../site/staff')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  )
  // The only URL made from data is a blob URL, which the page makes from bytes that it decrypted.
  const BLOB_ADDRESS = / src=\{address\}/g

  test('The staff app shows blobs of known types in one file and never plays them itself', () => {
    const showing = files.filter((file) =>
      /<(img|audio|video|source|iframe|embed|object)\b/.test(
        readFileSync(join(folder, file), 'utf8'),
      ),
    )
    expect(showing).toEqual([join('case', 'screen', 'files', 'file-preview.tsx')])
    const source = readFileSync(join(folder, 'case', 'screen', 'files', 'file-preview.tsx'), 'utf8')
    expect(source.match(BLOB_ADDRESS)).toHaveLength(3)
    expect(source.match(/const address = .*/g)).toEqual([
      expect.stringContaining('useBlobAddress('),
      expect.stringContaining('useBlobAddress('),
      expect.stringContaining('useBlobAddress('),
    ])
    // A video is silent until the person turns the sound on.
    expect(/<video[^>]*>/.exec(source)?.[0]).toContain('muted')
    expect(source).not.toMatch(/autoplay|\.play\(/i)
  })

  test('R16: The staff app cannot write markup, inline styles or addresses made of words', () => {
    expect(files.length).toBeGreaterThan(40)
    for (const file of files) {
      const source = readFileSync(join(folder, file), 'utf8').replace(BLOB_ADDRESS, '')
      for (const way of [
        /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write/,
        /\bstyle=|\bhref=|\bsrc=|srcdoc/,
        /\beval\(|new Function|setTimeout\(['"`]/,
      ])
        expect(source, file).not.toMatch(way)
    }
  })
})

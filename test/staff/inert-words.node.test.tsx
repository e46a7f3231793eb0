// Other people's words become text nodes and nothing else: no element, no attribute, no property.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { render } from 'preact'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { ReportFacts } from '#site/staff/desk/report-facts.tsx'
import { SafeContact } from '#site/staff/desk/safe-contact.tsx'
import { Thread } from '#site/staff/desk/thread.tsx'
import { PlainWords } from '#site/staff/parts/plain-words.tsx'
import { openAll } from '#site/staff/reports/load-report.ts'
import { GivenWords, wordsFrom } from '#site/staff/words.tsx'
import { attacks } from './attacks.ts'
import { fakeDocument, makeRoot, nodesOf, type FakeNode } from './fake-dom.ts'
import { idOf, openedWith, staffed, tell, type Staffed } from './people.ts'

const words = wordsFrom({}, 'ky', () => undefined)
let staff: Staffed
beforeAll(async () => {
  vi.stubGlobal('document', fakeDocument)
  staff = await staffed()
})
afterAll(() => vi.unstubAllGlobals())

/** The report as it stands on the page. */
async function rendered(attack: string): Promise<FakeNode> {
  const contact = { how: attack, when: attack, avoid: attack }
  const told = await tell(staff, { text: attack, place: attack, lang: attack, contact })
  const added = await tell(staff, { text: attack }, { kind: 4, lookupHash: told.lookupHash })
  const followUps = [
    {
      id: idOf(added),
      day: '2026-11-25',
      sealedBy: 'device' as const,
      envelope: toB64(added.envelope),
    },
  ]
  const loaded = await openAll(staff.keys, openedWith(told, { followUps }))
  if (!loaded.first) throw new Error('not opened')
  const root = makeRoot()
  render(
    <GivenWords value={words}>
      <ReportFacts loaded={loaded} />
      <SafeContact contact={loaded.first.report.contact} />
      <Thread loaded={loaded} />
      <PlainWords text={attack} />
    </GivenWords>,
    // Guarantee: Preact asks a document only for what the fake one has.
    root,
  )
  return root
}

const shapeOf = (root: FakeNode) =>
  [...nodesOf(root)].map((node) =>
    node.nodeType === 3 ? '#text' : [node.localName, ...[...node.attributes].flat()].join(' '),
  )

describe('300 attack strings, sealed, opened and shown', () => {
  test('are text nodes only, and leave the page in the same shape as harmless words', async () => {
    const harmless = shapeOf(await rendered('Жардам керек'))
    const tried = attacks()
    expect(tried).toHaveLength(300)
    for (const attack of tried) {
      const root = await rendered(attack)
      expect(shapeOf(root)).toEqual(harmless)
      const texts = [...nodesOf(root)].filter((node) => node.data === attack)
      // text, follow-up, three of contact, place, language, and the words alone
      expect(texts).toHaveLength(8)
    }
  })
})

describe('the trap', () => {
  test('sees words in an attribute, in a property and in markup', () => {
    for (const view of [
      <p title="<b>" />,
      <input value="<b>" />,
      <p dangerouslySetInnerHTML={{ __html: '<b>' }} />,
    ]) {
      const root = makeRoot()
      // Guarantee: as above.
      render(view, root)
      expect(shapeOf(root).join()).toContain('<b>')
    }
  })
})

describe('the source of the staff app', () => {
  const folder = join(import.meta.dirname, '../../site/staff')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  )
  test('has no way to write markup, no inline style and no address made of words', () => {
    expect(files.length).toBeGreaterThan(40)
    for (const file of files) {
      const source = readFileSync(join(folder, file), 'utf8')
      for (const way of [
        /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write/,
        /\bstyle=|\bhref=|\bsrc=|srcdoc/,
        /\beval\(|new Function|setTimeout\(['"`]/,
      ])
        expect(source, file).not.toMatch(way)
    }
  })
})

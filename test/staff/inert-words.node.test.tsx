// Other people's words become text nodes and nothing else: no element, no attribute, no property.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { render } from 'preact'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { Consent } from '#site/staff/desk/consent.tsx'
import { DeskContext } from '#site/staff/desk/desk-context.ts'
import { ReportFacts } from '#site/staff/desk/report-facts.tsx'
import { SafeContact } from '#site/staff/desk/safe-contact.tsx'
import { Thread } from '#site/staff/desk/thread.tsx'
import { ToldCodes } from '#site/staff/desk/told-codes.tsx'
import { PlainWords } from '#site/staff/parts/plain-words.tsx'
import { openAll } from '#site/staff/reports/load-report.ts'
import { GivenWords, wordsFrom } from '#site/staff/words.tsx'
import { attacks, manyAttacks } from './attacks.ts'
import { fakeDocument, makeRoot, nodesOf, type FakeNode } from './fake-dom.ts'
import { idOf, openedWith, staffed, tell, type Staffed } from './people.ts'

const words = wordsFrom({}, 'ky', () => undefined)
let staff: Staffed
beforeAll(async () => {
  vi.stubGlobal('document', fakeDocument)
  vi.stubGlobal('fetch', () => new Promise(() => undefined))
  staff = await staffed()
})
afterAll(() => vi.unstubAllGlobals())

/** The places where words of a reporter are shown as they are. */
const PLACES = ['text', 'place', 'lang', 'added', 'alone'] as const
const CONTACT = ['how', 'when', 'avoid', 'name', 'word', 'langs'] as const
type Place = (typeof PLACES)[number] | (typeof CONTACT)[number]

/** The report as it stands on the page: `attack` everywhere, other words where `own` has some. */
async function rendered(
  attack: string,
  own: Partial<Record<Place, string>> = {},
): Promise<{ shape: string[]; words: string[] }> {
  const at = (place: Place): string => own[place] ?? attack
  const contact = {
    ...{ how: at('how'), when: at('when'), avoid: at('avoid') },
    ...{ name: at('name'), word: at('word'), lang: at('langs') },
  }
  const file = { key: toB64(randomBytes(32)), size: 5, hash: toB64(randomBytes(32)), chunk: 8192 }
  const files = [{ ...file, type: attack, name: attack, made: attack }]
  const told = await tell(staff, {
    ...{ text: at('text'), place: at('place'), lang: at('lang'), contact },
    // Guarantee: as another device may seal it, whatever our types say.
    ...({ consent: attack, signs: [attack], needs: [attack, 'talk'], files } as object),
  })
  const added = await tell(
    staff,
    { text: at('added'), ...({ files } as object) },
    { kind: 4, lookupHash: told.lookupHash },
  )
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
  const desk = { ...staff, drafts: new Map<string, string>(), onSignedOut: () => undefined }
  render(
    <GivenWords value={words}>
      <DeskContext.Provider value={desk}>
        <Consent consent={loaded.first.report.consent} />
        <ReportFacts loaded={loaded} />
        <SafeContact contact={loaded.first.report.contact} />
        <ToldCodes report={loaded.first.report} />
        <Thread loaded={loaded} />
        <PlainWords text={at('alone')} />
      </DeskContext.Provider>
    </GivenWords>,
    // Guarantee: Preact asks a document only for what the fake one has.
    root,
  )
  const seen = { shape: shapeOf(root), words: [...nodesOf(root)].map(({ data }) => data) }
  render(null, root)
  return seen
}

const shapeOf = (root: FakeNode) =>
  [...nodesOf(root)].map((node) =>
    node.nodeType === 3 ? '#text' : [node.localName, ...[...node.attributes].flat()].join(' '),
  )

describe('attack strings, sealed, opened and shown', () => {
  test('R16: 300 of them in every place at once are text nodes only, and leave the page in the shape of harmless words', async () => {
    const harmless = (await rendered('Жардам керек')).shape
    const tried = attacks()
    expect(tried).toHaveLength(300)
    for (const attack of tried) {
      const { shape, words } = await rendered(attack)
      expect(shape).toEqual(harmless)
      // Text, follow-up, six of contact, place, language, and the words alone; a sign and a need, and name and type of two
      // files, as far as they are shown.
      const [codes, files] = [attack.length > 60 ? 0 : 2, attack.length > 200 ? 0 : 4]
      expect(words.filter((each) => each === attack)).toHaveLength(11 + codes + files)
    }
  })

  test('R16: 5,000 different ones, each in a place of its own, are text nodes only, whole and once', async () => {
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
      for (const attack of Object.values(own))
        expect(words.filter((each) => each === attack)).toHaveLength(1)
    }
  }, 60_000)
})

describe('the trap', () => {
  test('R16: sees words in an attribute, in a property and in markup', () => {
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
  // The one address that is no word: of bytes that the page opened and made a blob of itself.
  const BLOB_ADDRESS = / src=\{address\}/g

  test('shows blobs in one place, of types of ours, and never plays by itself', () => {
    const showing = files.filter((file) =>
      /<(img|audio|video|source|iframe|embed|object)\b/.test(
        readFileSync(join(folder, file), 'utf8'),
      ),
    )
    expect(showing).toEqual([join('desk', 'shown-file.tsx')])
    const source = readFileSync(join(folder, 'desk', 'shown-file.tsx'), 'utf8')
    expect(source.match(BLOB_ADDRESS)).toHaveLength(2)
    expect(source.match(/const address = .*/g)).toEqual([
      expect.stringContaining('useBlobAddress('),
      expect.stringContaining('useBlobAddress('),
    ])
    expect(source).not.toMatch(/autoplay|\.play\(/i)
  })

  test('R16: has no way to write markup, no inline style and no address made of words', () => {
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

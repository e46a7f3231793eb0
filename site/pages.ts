// Lists every page. Addresses, the sitemap, headers, styles and scripts are derived from this
// table. A page's address is /{lang}/{name}/, and the home page has an empty name. The country
// pages come from content/countries.json, and the story pages come from content/stories/. An editor
// adds text pages to content/added-pages.json.
import { addedPages } from '#content/added-pages.ts'
import { countriesWithPage } from '#content/countries.ts'
import type { Lifeline, PageEntry } from './page-entry.ts'

const PUBLIC = { isLinked: true, showsVisit: false, isShared: true } as const
/** The flags of a page that the footer of every public page links to. */
const MAIN = { ...PUBLIC, isInFooter: true } as const
/** The flags of a linked page whose response reveals a visit. */
const QUIET = { isLinked: true, showsVisit: true } as const
/** The flags of a page that is useful only to the person who opens it. */
const OWN = { ...PUBLIC, isShared: false } as const
const INNER = { isLinked: false, showsVisit: true } as const

const SENDING = ['sending', 'retry', 'network', 'text_empty'] as const
const TELL: Lifeline = {
  script: 'tell',
  styles: ['form', 'question', 'choice', 'calls', 'receipt'],
  says: [...SENDING, 'more', 'sealing_failed'],
  seals: true,
  calls: true,
  usesTools: true,
}

const TABLE = {
  '': PUBLIC,
  'before-you-go': MAIN,
  'offer-check': MAIN,
  stories: PUBLIC,
  agency: PUBLIC,
  'online-work': PUBLIC,
  'programme-abroad': PUBLIC,
  'contract-abroad': PUBLIC,
  signs: MAIN,
  myths: PUBLIC,
  'under-18': PUBLIC,
  family: MAIN,
  'after-return': PUBLIC,
  help: { ...MAIN, lifeline: { script: 'help', styles: ['header', 'help'] } },
  tell: { ...QUIET, isInFooter: true, needs: 'microphone', lifeline: TELL },
  answer: {
    ...QUIET,
    isInFooter: true,
    lifeline: {
      script: 'answer',
      styles: ['header', 'form', 'choice', 'calls', 'answer'],
      says: [
        'network',
        'reading',
        'file',
        'arrived',
        'receipt_length',
        'receipt_slip',
        ['sealing_failed', 'say.cannot_open'],
      ],
      seals: true,
      calls: true,
      usesTools: true,
    },
  },
  send: {
    ...QUIET,
    needs: 'camera',
    lifeline: {
      script: 'send',
      styles: ['header', 'form', 'choice', 'calls', 'receipt'],
      says: [
        'sending',
        'retry',
        'network',
        'malformed',
        'letter_unreadable',
        'letter_incomplete',
        'letter_whole',
        'letter_missing',
        'no_code',
      ],
      calls: true,
      usesTools: true,
    },
  },
  'after-writing': OWN,
  rights: MAIN,
  'legal-aid': PUBLIC,
  country: MAIN,
  professionals: MAIN,
  training: PUBLIC,
  'training-sheets': PUBLIC,
  about: MAIN,
  network: PUBLIC,
  privacy: { ...OWN, isInFooter: true },
  print: PUBLIC,
  accessibility: { ...OWN, isInFooter: true },
  all: { ...OWN, isInFooter: true },
  check: INNER,
  'tell/form': {
    ...INNER,
    lifeline: { script: 'form', styles: ['form', 'question', 'choice', 'calls', 'chips'] },
  },
  'tell/sent': {
    ...INNER,
    lifeline: {
      script: 'sent',
      styles: ['form', 'calls', 'receipt', 'sent'],
      says: [['copy', 'done.copy'], 'copied'],
    },
  },
  // The worker fills this page for a browser without a script.
  'answer/thread': {
    ...INNER,
    lifeline: { script: 'form', styles: ['header', 'form', 'choice', 'calls', 'answer'] },
  },
  // A saved page that is opened months later warns that the page is too old.
  'tell/saved': {
    ...INNER,
    lifeline: {
      ...TELL,
      styles: [...TELL.styles, 'saved'],
      says: [...(TELL.says ?? []), 'text_too_long', 'manifest_expired'],
    },
  },
  '404': { isLinked: false, showsVisit: false },
} as const satisfies Record<string, PageEntry>

export type PageAddress = keyof typeof TABLE

/** The text pages that an editor added. A page that the table already lists keeps its entry. */
const ADDED = Object.fromEntries(addedPages.map((name) => [name, PUBLIC]))
export const PAGES: Readonly<Record<PageAddress, PageEntry>> = { ...TABLE, ...ADDED, ...TABLE }

/** A page that other pages link to. */
export type PageName = {
  [Name in PageAddress]: (typeof TABLE)[Name]['isLinked'] extends true ? Name : never
}[PageAddress]

/** Returns true when other pages link to the page with this name. */
export const isPage = (name: string): name is PageName => isAddress(name) && PAGES[name].isLinked

const isAddress = (name: string): name is PageAddress => Object.hasOwn(PAGES, name)

/** The pages that other pages link to, in the order of the menu. */
export const pageNames: readonly PageName[] = Object.keys(PAGES).filter(isPage)

/** The pages that the footer of every public page links to. */
export const footerPages = pageNames.filter((name) => PAGES[name].isInFooter)

/** The name of a country's page: the page of `RU` is `country/ru`. */
export const countryPage = (country: string): string => `country/${country.toLowerCase()}`

/** The country pages, which the `country` page links to. */
export const countryPages: readonly string[] = countriesWithPage.map(countryPage)

/** The name of a story's page. The folder content/stories/ determines which stories exist. */
export const storyPage = (id: string): string => `stories/${id}`

/**
 * Returns the entry of any page. A country page has the entry of `country`, and a story page has
 * the entry of `stories`.
 */
export function pageEntryOf(name: string): PageEntry | null {
  if (isAddress(name)) return PAGES[name]
  if (/^stories\/[a-z-]+$/.test(name)) return PAGES.stories
  return countryPages.includes(name) ? PAGES.country : null
}

/** Returns the lifeline entry of a page. Throws for a page that is not a lifeline page. */
export function lifelineOf(address: PageAddress): Lifeline {
  const { lifeline } = PAGES[address]
  if (!lifeline) throw new Error(`${address} is no lifeline page`)
  return lifeline
}

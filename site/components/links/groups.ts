// Groups all pages by the reader's question, for the `all` page.
import { type PageName, pageNames } from '../../pages.ts'

const GROUPS = {
  going: [
    'before-you-go',
    'offer-check',
    'agency',
    'online-work',
    'programme-abroad',
    'contract-abroad',
  ],
  trouble: ['help', 'tell', 'answer', 'after-writing', 'send', 'under-18'],
  close: ['family', 'after-return'],
  know: ['stories', 'signs', 'myths', 'rights', 'legal-aid', 'country'],
} as const satisfies Record<string, readonly PageName[]>

interface Group {
  /** The last part of the heading's key. */
  key: string
  pages: readonly PageName[]
}

const grouped = new Set<PageName>(Object.values(GROUPS).flat())

/** Every linked page is in exactly one group. The last group contains the remaining pages. */
export const groups: readonly Group[] = [
  ...Object.entries(GROUPS).map(([key, pages]) => ({ key, pages })),
  {
    key: 'site',
    pages: pageNames.filter((page) => page !== 'all' && page !== '' && !grouped.has(page)),
  },
]

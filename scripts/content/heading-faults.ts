// Finds links to headings that do not exist in the text of the linked page. Such a link opens the
// page at the top, and the build reports nothing.
import { readMdx } from '#content/front-matter.ts'
import { fault, lineAt, type ContentFault } from '#scripts/content/fault'
import { pathOfText, type Text } from '#scripts/content/text-faults'

const HEADING = /^#{2,3} (.+)$/gm
const LINK = /\]\((\/([a-z]{2})\/([^#)]*)\/)?#([^)]+)\)/g

/** Returns the ids that the build gives to the headings in a text. */
export const headingIds = (source: string): string[] =>
  [...readMdx(source).body.matchAll(HEADING)].map(([, words = '']) =>
    words
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replace(/ /g, '-'),
  )

/** Checks links to pages whose text is in content/pages/. Other pages have different ids. */
export function headingFaults(text: Text, texts: readonly Text[]): ContentFault[] {
  const { body, bodyLine } = readMdx(text.source)
  return [...body.matchAll(LINK)].flatMap((link) => {
    const [, path, lang, page, id = ''] = link
    const target =
      path === undefined
        ? text
        : texts.find((each) => each.folder === 'pages' && each.lang === lang && each.name === page)
    if (target === undefined) return []
    const ids = headingIds(target.source)
    if (ids.includes(id)) return []
    const at = bodyLine + lineAt(body, link.index) - 1
    const list = ids.map((each) => `#${each}`).join(', ')
    return [fault(pathOfText(text), at, 'link-heading', { link: `${path ?? ''}#${id}`, list })]
  })
}

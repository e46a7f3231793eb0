// Finds the place of a content/ file in the editor, and the page that is built from the file.

/** The string files that the editor offers. */
export const STRING_FILES = [
  ...['site', 'tell', 'offer', 'paper', 'errors', 'staff', 'staff-case', 'staff-help'],
  ...['staff-class', 'staff-referral', 'staff-figures'],
] as const

const FOLDERS: readonly (readonly [RegExp, string])[] = [
  [/^content\/pages\/[a-z]{2}\/(.+)\.mdx$/, 'pages'],
  [/^content\/countries\/[a-z]{2}\/(.+)\.mdx$/, 'country-texts'],
  [/^content\/stories\/(.+)\.json$/, 'stories'],
  [new RegExp(`^content/strings/[a-z]{2}/(${STRING_FILES.join('|')})\\.json$`), 'strings'],
  [/^content\/(contacts|countries|cards|recordings|links|network|facts)\.json$/, 'records'],
  [/^content\/(organisation|foundation)\.json$/, 'records'],
]

/** Returns the fragment of the entry that contains a file, or null for a file without an entry. */
export function editorEntryOf(path: string): string | null {
  for (const [pattern, collection] of FOLDERS) {
    const [, name] = pattern.exec(path) ?? []
    if (name !== undefined) return `#/collections/${collection}/entries/${name}`
  }
  return null
}

/** Returns the path of the page that is built from an entry; the first page for other entries. */
export function pageShown(fragment: string, lang: string): string {
  const [, collection, name] = /^#\/collections\/([\w-]+)\/entries\/([\w-]+)/.exec(fragment) ?? []
  const folders: Readonly<Record<string, string>> = {
    pages: '',
    'country-texts': 'country/',
    stories: 'stories/',
  }
  const folder = folders[collection ?? '']
  if (folder === undefined || name === undefined)
    return `/${lang}/${name === 'contacts' ? 'help/' : ''}`
  return `/${lang}/${folder}${name}/`
}

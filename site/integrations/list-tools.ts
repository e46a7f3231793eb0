// Lists the lifeline pages' tools, with the strings and the icons that each tool contains.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  defaultLanguage,
  isWholeLanguage,
  untranslated,
  type Language,
} from '#content/languages.ts'
import { readersOf } from '#content/published.ts'
import { hasPage } from '../i18n/languages.ts'
import type { PageName } from '../pages.ts'
import { COUNTRIES, NEED_ICONS, REACH_ICONS, SIGN_ICONS } from '../lifeline/components/questions.ts'
import { iconPath, type IconName } from '../components/pictures/icons.ts'

/**
 * The file of each tool, keyed by a short name. Pages use short names, because every byte matters.
 */
export const TOOL_FILES = {
  prove: 'search-proof',
  renew: 'renew-keys',
  pq: 'seal-suite-2',
  more: 'more-questions',
  aside: 'show-aside',
  back: 'keep-steps',
  plea: 'send-plea',
  'follow-up': 'follow-up',
  check: 'turnstile-link',
  attach: 'attach-files',
  'read-file': 'open-file',
  hand: 'share-letter',
  hold: 'save-receipt',
  keep: 'save-draft',
  scan: 'scan-letter',
  decode: 'decode-qr',
} as const
export type ToolName = keyof typeof TOOL_FILES
export const isToolName = (name: string): name is ToolName => Object.hasOwn(TOOL_FILES, name)
export const TOOLS = Object.keys(TOOL_FILES).filter(isToolName)

/** The tools of pages other than `tell`: an edition may lack these pages. */
const ELSEWHERE: Partial<Readonly<Record<ToolName, PageName>>> = { scan: 'send', decode: 'send' }

/** Returns true when the tool is used only by pages that cannot change their language. */
export const isElsewhere = (name: ToolName): boolean => ELSEWHERE[name] !== undefined

/** The tools of the pages that this build has in a language. */
export const toolsIn = (lang: Language): readonly ToolName[] =>
  TOOLS.filter((name) => hasPage(lang, ELSEWHERE[name] ?? 'tell'))

/** Returns true when a saved page contains the tool. All other tools need a network. */
export const isCarried = (name: ToolName): boolean => /^(prove|pq|more|hand|keep)$/.test(name)

type Strings = Readonly<Record<string, string>>

/** Reads a file of strings. An edition has every key; see `untranslated` for a missing text. */
async function readStrings(lang: Language, file: string): Promise<Strings> {
  const readIn = async (code: string): Promise<Strings> =>
    JSON.parse(await readFile(resolve(`content/strings/${code}/${file}.json`), 'utf8')) as Strings
  if (isWholeLanguage(lang)) return readIn(lang)
  const [own, model] = [await readIn(lang), await readIn(defaultLanguage)]
  return Object.fromEntries(
    Object.keys(model).map((key) => [key, own[key] ?? untranslated(lang, key)]),
  )
}

/** Returns the strings whose keys begin with the tool's name, without that prefix. */
export async function wordsOf(tool: ToolName, lang: Language): Promise<Record<string, string>> {
  const all = tool === 'more' ? await readStrings(lang, 'more') : await readStrings(lang, 'tools')
  const words = Object.entries(all)
    .filter(([key]) => key.startsWith(`${tool}.`))
    .map(([key, text]) => [key.slice(tool.length + 1), text] as const)
  // A tool takes the strings that it shares with a page or with the worker from tell.json.
  const page = await readStrings(lang, 'tell')
  const shared = Object.entries(page).filter(([key]) => sharedKeys(tool).includes(key))
  return {
    ...Object.fromEntries([...words, ...shared]),
    ...(tool === 'hold' && { readers: readersOf(lang, page['tell.readers'] ?? '') }),
  }
}

/** The strings that the forms of a thread share with the page without a script. */
const OF_THREAD = [
  ...['answer.now', 'answer.again', 'answer.danger', 'tell.send', 'done.again'],
  ...['answer.destroy', 'answer.destroy.what', 'answer.destroy.yes'],
  ...['answer.written', 'answer.destroyed'],
  ...['say.sending', 'say.retry', 'say.text_empty', 'say.text_too_long'],
]

function sharedKeys(tool: ToolName): string[] {
  if (tool === 'follow-up') return OF_THREAD
  if (tool === 'aside') return ['done.again']
  if (tool === 'back') return ['say.text_too_long']
  if (tool === 'hold') return ['done.next', 'done.answer', 'done.again', 'say.copied']
  const countries = COUNTRIES.map((country) => `country.${country}`)
  if (tool === 'more') return [...countries, 'done.numberless']
  if (tool === 'plea')
    return [...countries, ...COUNTRIES.map((country) => `calls.land.${country}`), 'calls.nobody']
  return []
}

/**
 * The icons that a tool draws. A tool contains no others, because a saved page contains every byte
 * of a tool.
 */
const TOOL_ICONS: Partial<Readonly<Record<ToolName, readonly IconName[]>>> = {
  more: [SIGN_ICONS, NEED_ICONS, REACH_ICONS].flatMap((icons) => Object.values(icons)),
  hold: ['copy', 'picture', 'contact', 'clock', 'hand', 'number'],
}

/** Returns the paths of the icons that the tool draws, in a language. */
export const iconsOf = (tool: ToolName, lang: Language): Record<string, string> =>
  Object.fromEntries((TOOL_ICONS[tool] ?? []).map((name) => [name, iconPath(name, lang)]))

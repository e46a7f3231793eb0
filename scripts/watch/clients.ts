// Lists the clients as which the watch asks a host. A host that alters a page for some visitors
// only can choose them by these headers.
import { isLanguage, languages, type Language } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'
import { AS_A_BROWSER } from '#scripts/shared/ask-host'

export interface FetchClient {
  /** the name in sentences, after "for" */
  name: string
  /** the language that the client prefers, by which `/` leads on; null when it names none */
  lang: Language | null
  headers: Record<string, string>
}

const ANDROID = AS_A_BROWSER['user-agent']
const OLD_PHONE =
  'Mozilla/5.0 (Linux; Android 5.1; SM-J120F Build/LMY47X) AppleWebKit/537.36 ' +
  '(KHTML, like Gecko) Chrome/61.0.3163.98 Mobile Safari/537.36'
const ALL_ENCODINGS = 'gzip, deflate, br, zstd'
const TOR = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'

const headersOfClient = (agent: string, encoding: string, language: string | null) => ({
  accept: AS_A_BROWSER.accept,
  'user-agent': agent,
  'accept-encoding': encoding,
  ...(language !== null && { 'accept-language': language }),
})

const { country } = organisation.place
const [first, second = first] = languages
/** Tor Browser asks for English, which the site may lack. */
const english = isLanguage('en') ? 'en' : null

export const FETCH_CLIENTS: readonly FetchClient[] = [
  {
    name: `Chrome on Android in ${first}`,
    lang: first,
    headers: headersOfClient(ANDROID, ALL_ENCODINGS, `${first}-${country},${first};q=0.9`),
  },
  {
    name: `Chrome on Android in ${second} without brotli`,
    lang: second,
    headers: headersOfClient(ANDROID, 'gzip, deflate', `${second},${second};q=0.9,en-US;q=0.8`),
  },
  {
    name: 'an old phone in English',
    lang: english,
    headers: headersOfClient(OLD_PHONE, 'gzip, deflate, br', 'en-US,en;q=0.9'),
  },
  {
    name: 'an old phone without a language and brotli',
    lang: null,
    headers: headersOfClient(OLD_PHONE, 'gzip, deflate', null),
  },
  {
    name: 'Tor Browser',
    lang: english,
    headers: headersOfClient(TOR, ALL_ENCODINGS, 'en-US,en;q=0.5'),
  },
  {
    name: 'Tor Browser without compression',
    lang: english,
    headers: headersOfClient(TOR, 'identity', 'en-US,en;q=0.5'),
  },
]

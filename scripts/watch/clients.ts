// Lists the clients that the watch imitates when it sends requests to a host. A host that alters a
// page only for some visitors can select them by these headers. Each client sends all headers of
// its browser.
import { isWholeLanguage, languages, type WholeLanguage } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'
import { AS_A_BROWSER } from '#scripts/shared/ask-host'

export interface FetchClient {
  /** the client's name in a sentence, after "for" */
  name: string
  /**
   * the client's preferred language, which decides where `/` redirects the client; null without one
   */
  lang: WholeLanguage | null
  headers: Record<string, string>
}

const ANDROID = AS_A_BROWSER['User-Agent']
const OLD_PHONE =
  'Mozilla/5.0 (Linux; Android 5.1; SM-J120F Build/LMY47X) AppleWebKit/537.36 ' +
  '(KHTML, like Gecko) Chrome/61.0.3163.98 Mobile Safari/537.36'
const ALL_ENCODINGS = 'gzip, deflate, br, zstd'
const TOR = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'
const FIREFOX_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const OLD_ACCEPT = FIREFOX_ACCEPT.replace('*/*', 'image/webp,image/apng,*/*')

const preferring = (language: string | null) => ({
  ...(language !== null && { 'Accept-Language': language }),
})

/** Returns the request headers that Chrome on Android sends when a person types an address. */
const ofChrome = (encoding: string, language: string): Record<string, string> => ({
  ...AS_A_BROWSER,
  'User-Agent': ANDROID,
  'Accept-Encoding': encoding,
  ...preferring(language),
})

/**
 * Returns the headers of an old phone, whose browser states neither its brands nor the kind of
 * request.
 */
const ofOldPhone = (encoding: string, language: string | null): Record<string, string> => ({
  'Upgrade-Insecure-Requests': '1',
  'User-Agent': OLD_PHONE,
  Accept: OLD_ACCEPT,
  'Accept-Encoding': encoding,
  ...preferring(language),
})

/** Returns the headers of Tor Browser. */
const ofTor = (encoding: string, language: string): Record<string, string> => ({
  'User-Agent': TOR,
  Accept: FIREFOX_ACCEPT,
  ...preferring(language),
  'Accept-Encoding': encoding,
  'Upgrade-Insecure-Requests': '1',
  'Sec-Fetch-Dest': 'document',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Site': 'none',
  'Sec-Fetch-User': '?1',
  Priority: 'u=0, i',
})

const { country } = organisation.place
const [first, second = first] = languages
/** Tor Browser requests English, which the site may lack. */
const english = isWholeLanguage('en') ? 'en' : null

export const FETCH_CLIENTS: readonly FetchClient[] = [
  {
    name: `Chrome on Android in ${first}`,
    lang: first,
    headers: ofChrome(ALL_ENCODINGS, `${first}-${country},${first};q=0.9`),
  },
  {
    name: `Chrome on Android in ${second} without brotli`,
    lang: second,
    headers: ofChrome('gzip, deflate', `${second},${second};q=0.9,en-US;q=0.8`),
  },
  {
    name: 'an old phone in English',
    lang: english,
    headers: ofOldPhone('gzip, deflate, br', 'en-US,en;q=0.9'),
  },
  {
    name: 'an old phone without a language and brotli',
    lang: null,
    headers: ofOldPhone('gzip, deflate', null),
  },
  {
    name: 'Tor Browser',
    lang: english,
    headers: ofTor(ALL_ENCODINGS, 'en-US,en;q=0.5'),
  },
  {
    name: 'Tor Browser without compression',
    lang: english,
    headers: ofTor('identity', 'en-US,en;q=0.5'),
  },
]

// Chooses at random how a visitor arrives at a page: from which origin, and with which query. The
// watch then also finds a host that alters pages only for such requests.
import { randomBytes, randomInt } from 'node:crypto'

/** Origins from which visitors arrive, in the form of a browser's Referer. */
const REFERERS = [
  ...['https://www.google.com/', 'https://yandex.ru/', 'https://www.bing.com/'],
  ...['https://l.facebook.com/', 'https://www.instagram.com/', 'https://vk.com/'],
  ...['https://web.telegram.org/', 'https://ok.ru/'],
]

const token = (bytes: number): string => randomBytes(bytes).toString('base64url')

/** Queries that posters, emails and social networks add to an address. */
const QUERIES: readonly (() => string)[] = [
  () => `fbclid=${token(42)}`,
  () => `igsh=${token(12)}`,
  () => `yclid=${randomInt(1e12, 9e13)}`,
  () => `from=${drawOne(['poster', 'leaflet', 'card'])}`,
  () => `utm_source=${drawOne(['telegram', 'whatsapp', 'instagram'])}&utm_medium=social`,
]

export function drawOne<T>(from: readonly [T, ...T[]] | readonly T[]): T {
  const drawn = from[randomInt(from.length)]
  if (drawn === undefined) throw new Error('nothing to draw from')
  return drawn
}

export const drawReferer = (): string => drawOne(REFERERS)
/** Returns a query, including its question mark. */
export const drawQuery = (): string => `?${drawOne(QUERIES)()}`
/** Returns true with a chance of one in `many`. */
export const drawOneIn = (many: number): boolean => randomInt(many) === 0

export function drawOrder<T>(items: readonly T[]): T[] {
  const drawn = [...items]
  for (let at = drawn.length - 1; at > 0; at--) {
    const other = randomInt(at + 1)
    const [a, b] = [drawn[at], drawn[other]]
    if (a !== undefined && b !== undefined) [drawn[at], drawn[other]] = [b, a]
  }
  return drawn
}

// Weighs the pages of a built site: the HTML and every file that it loads before the first tap.
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { loadedBy } from '#scripts/lab/budgets/loaded'
import { filesUnder } from '#scripts/shared/paths'

export interface Measured {
  /** the address as in the browser: /ky/tell/ */
  address: string
  bytes: number
  bound: number
  /** files loaded on the first view, including the page itself */
  parts: number
  faults: string[]
}

/** Pages that must arrive complete in one response. */
const LIFELINE = /^\/[a-z]{2}\/(tell|answer|help)\/$/
/** A saved page. People copy a saved page as a file, so its uncompressed bytes count. */
const SAVED = /^\/[a-z]{2}\/tell\/saved\/$/

export function boundOf(address: string): number {
  if (address.startsWith('/staff/')) return 92_160
  if (SAVED.test(address)) return 73_728
  const lifeline = LIFELINE.exec(address)
  if (lifeline === null) return 12_288
  return lifeline[1] === 'tell' ? 10_240 : 8_192
}

/** Weighs a file as a server sends it. */
export const weigh = (bytes: Buffer): number =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length

/** Weighs a page for a person in danger, in the encoding that makes it larger. */
export const weighLifeline = (bytes: Buffer): number =>
  Math.max(weigh(bytes), gzipSync(bytes, { level: 6 }).length)

const weightOf = (address: string): ((bytes: Buffer) => number) => {
  if (SAVED.test(address)) return ({ length }) => length
  return LIFELINE.test(address) ? weighLifeline : weigh
}

// Finds the files that a page needs immediately, with the imports of its modules and styles.
function closure(dist: string, page: string, faults: string[]): string[] {
  const found = new Set([page])
  for (const path of found) {
    const from = readFileSync(join(dist, path), 'utf8')
    for (const reference of loadedBy(path, from)) {
      if (/^(https?:)?\/\//.test(reference)) {
        faults.push(`loads from another host: ${reference}`)
        continue
      }
      const [plain = ''] = reference.split(/[?#]/)
      const target = plain.startsWith('/') ? plain.slice(1) : posix.join(posix.dirname(path), plain)
      if (existsSync(join(dist, target))) found.add(target)
      else faults.push(`loads ${reference}, which is not there`)
    }
  }
  return [...found]
}

export function measurePage(dist: string, page: string): Measured {
  const address = `/${page.replace(/index\.html$/, '')}`
  const faults: string[] = []
  const files = closure(dist, page, faults)
  const measure = weightOf(address)
  const bytes = files.reduce((sum, path) => sum + measure(readFileSync(join(dist, path))), 0)
  const bound = boundOf(address)
  if (bytes > bound) faults.push(`${bytes} bytes, ${bytes - bound} above the bound`)
  if (LIFELINE.test(address) && files.length > 1) {
    faults.push(`must be one response, but loads ${files.slice(1).join(', ')}`)
  }
  return { address, bytes, bound, parts: files.length, faults }
}

export const measureSite = (dist: string): Measured[] =>
  filesUnder(dist)
    .filter((path) => path.endsWith('.html'))
    .map((page) => measurePage(dist, page))

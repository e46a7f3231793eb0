// How long the chunks of a file are: small ones where a connection is slow or may freeze. See [Note: files] in stream.ts.
import { CHUNK_SIZES } from '#protocol/limits'

const [USUAL, SMALL] = CHUNK_SIZES

/** Up to here small chunks cost little, fill up less, and pass a connection that freezes after 20 KB. */
export const SMALL_FILE = 256 * 1024
const QUICK_MS = 1000

/** What the browser says of the connection; nothing in most of them. */
export interface Link {
  effectiveType?: string
  saveData?: boolean
}

/** How the tool itself came: from Resource Timing. */
export type Loading = Pick<
  PerformanceResourceTiming,
  'duration' | 'connectStart' | 'connectEnd' | 'responseEnd'
>

/**
 * A large file goes in usual chunks only over a link that has shown what it can: the tool came quickly, over the connection that had
 * already carried the page. Where that is not known, as in a saved page, chunks are small.
 */
export function chunkFor(
  size: number,
  link: Link | undefined,
  loading: Loading | undefined,
): number {
  const slow = link && (link.saveData || (link.effectiveType && link.effectiveType !== '4g'))
  const quick =
    loading &&
    loading.responseEnd > 0 &&
    loading.duration < QUICK_MS &&
    loading.connectStart === loading.connectEnd
  return size > SMALL_FILE && quick && !slow ? USUAL : SMALL
}

/** The chunk size for a file on this page. */
export function chunkHere(size: number): number {
  const { connection } = navigator as { connection?: Link }
  const [loading] = performance
    .getEntriesByType('resource')
    .filter(({ name }) => /\/tools\/\w+\/attach\.js$/.test(name)) as PerformanceResourceTiming[]
  return chunkFor(size, connection, loading)
}

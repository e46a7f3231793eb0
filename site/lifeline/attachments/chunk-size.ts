// Chooses the chunk size of a file: small chunks when the connection is slow or may freeze. See
// [Note: files] in seal-chunk.ts.
import { CHUNK_SIZES } from '#protocol/limits'

// Only Chromium-based browsers have `connection`: https://wicg.github.io/netinfo/
declare global {
  interface Navigator {
    readonly connection?: ConnectionInfo
  }
}

const [USUAL, SMALL] = CHUNK_SIZES

/**
 * The largest file, in bytes, that is always sent in small chunks. For such a file, small chunks
 * cost little and need less padding. A small chunk gets through even when the connection freezes
 * after 20 KB.
 */
export const SMALL_FILE = 256 * 1024
const QUICK_MS = 1000

/**
 * The browser's own information about the connection. Firefox and Safari do not reveal this
 * information.
 */
export interface ConnectionInfo {
  effectiveType?: string
  saveData?: boolean
}

/** The time that it took to load this tool, from Resource Timing. */
export type ToolTiming = Pick<
  PerformanceResourceTiming,
  'duration' | 'connectStart' | 'connectEnd' | 'responseEnd'
>

/**
 * Returns the chunk size for a file. A large file is sent in chunks of the usual size only over a
 * quick connection. A connection counts as quick if it carried the page and then loaded the tool in
 * less than QUICK_MS. Chunks are small when that time is unknown, as in a saved page.
 */
export function chunkFor(
  size: number,
  link: ConnectionInfo | undefined,
  loading: ToolTiming | undefined,
): number {
  const slow = link && (link.saveData || (link.effectiveType && link.effectiveType !== '4g'))
  const quick =
    loading &&
    loading.responseEnd > 0 &&
    loading.duration < QUICK_MS &&
    loading.connectStart === loading.connectEnd
  return size > SMALL_FILE && quick && !slow ? USUAL : SMALL
}

/** Returns the chunk size for a file on this page. */
export function chunkHere(size: number): number {
  const loading = performance
    .getEntriesByType('resource')
    .find(({ name }) => /\/tools\/\w+\/attach\.js$/.test(name))
  return chunkFor(
    size,
    navigator.connection,
    loading instanceof PerformanceResourceTiming ? loading : undefined,
  )
}

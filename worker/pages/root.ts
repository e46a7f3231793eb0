// The root key that the build pinned in its pages, for the reports that the edge seals itself.
import { fromB64, type Bytes } from '#protocol/bytes'
import { fetchPage, type Site } from './page.ts'

/** 65 bytes. Throws Refusal `unavailable` when the build has none. */
export const pinnedRoot = async (site: Site): Promise<Bytes> =>
  fromB64((await (await fetchPage(site, '/root-key.txt')).text()).trim())

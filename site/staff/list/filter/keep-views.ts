// Fetches and stores a person's saved views. The edge stores them sealed to the person.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { fetchViews, putViews } from '../../api/list-api.ts'
import { retryOn } from '../../api/retry-on.ts'
import { openViews, sealViews } from '../../crypto/own-views.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'
import { SavedViews, type SavedView } from './views.ts'

type OwnKeys = Pick<UnlockedKeys, 'own' | 'sign' | 'publicKeys'>

/**
 * Returns the saved views. Views sealed under keys that the person no longer has, or in a later
 * format, are treated as empty.
 *
 * @throws Refusal the codes of the request
 */
export const loadViews = async (keys: OwnKeys): Promise<SavedView[]> =>
  (await loadWithBase(keys)).views

/** Also returns `base`, which identifies the version of the views that was read from the edge. */
async function loadWithBase(keys: OwnKeys): Promise<{ views: SavedView[]; base: string | null }> {
  const { sealed } = await fetchViews()
  if (sealed === null) return { views: [], base: null }
  return { views: await readViews(keys, sealed), base: toB64(await sha256(fromB64(sealed))) }
}

async function readViews(keys: OwnKeys, sealed: string): Promise<SavedView[]> {
  try {
    return SavedViews.parse(JSON.parse(await openViews(keys, sealed))).views
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.code === 'network') throw thrown
    return []
  }
}

/**
 * Changes the views that the edge stores, which another device may have changed since they were
 * loaded. Reads them again if another device changes them at the same time.
 *
 * @throws Refusal `text_too_long` when they do not fit; otherwise the codes of the requests
 */
export const changeViews = (
  keys: OwnKeys,
  change: (views: readonly SavedView[]) => SavedView[],
): Promise<SavedView[]> =>
  retryOn(['record_changed'], async () => {
    const { views: stored, base } = await loadWithBase(keys)
    const views = change(stored)
    const kept = SavedViews.safeParse({ v: 1, views })
    if (!kept.success) throw new Refusal('text_too_long', { cause: kept.error })
    await putViews({ sealed: await sealViews(keys, JSON.stringify(kept.data)), base })
    return views
  })

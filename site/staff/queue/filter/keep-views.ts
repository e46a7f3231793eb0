// Fetches and keeps a person's saved views. The edge holds them sealed to the person.
import { Refusal } from '#protocol/errors'
import { fetchViews, putViews } from '../../api/list-api.ts'
import { openViews, sealViews } from '../../crypto/own-views.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'
import { SavedViews, type SavedView } from './views.ts'

type OwnKeys = Pick<UnlockedKeys, 'own' | 'sign' | 'publicKeys'>

/**
 * Returns the saved views. Views under keys that the person no longer has, or of a later form, are
 * none.
 *
 * @throws Refusal as the request does
 */
export async function loadViews(keys: OwnKeys): Promise<SavedView[]> {
  const { sealed } = await fetchViews()
  return sealed === null ? [] : readViews(keys, sealed)
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
 * Changes the views of the edge, which another device may have changed since they were loaded.
 *
 * @throws Refusal `text_too_long` when they do not fit; else as the requests do
 */
export async function changeViews(
  keys: OwnKeys,
  change: (views: readonly SavedView[]) => SavedView[],
): Promise<SavedView[]> {
  const views = change(await loadViews(keys))
  const kept = SavedViews.safeParse({ v: 1, views })
  if (!kept.success) throw new Refusal('text_too_long', { cause: kept.error })
  await putViews({ sealed: await sealViews(keys, JSON.stringify(kept.data)) })
  return views
}

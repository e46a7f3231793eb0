import { Refusal, type ErrorCode } from '#protocol/errors'

export interface RunAndRefresh {
  action: () => Promise<void>
  /** the refusals that mean that a colleague acted first; such a refusal also refreshes the view */
  tooLate: readonly ErrorCode[]
  onDone: () => void
  refresh: () => Promise<void>
  /** called when the refresh failed, so that the view may be outdated */
  onStale: () => void
}

/**
 * Runs an action, then refreshes the view.
 *
 * @throws the error from the action, or `signed_out` from the action or the refresh. Any other
 *   failure of the refresh only calls `onStale`.
 */
export async function runAndRefresh({
  action,
  tooLate,
  onDone,
  ...seeing
}: RunAndRefresh): Promise<void> {
  try {
    await action()
  } catch (thrown) {
    if (thrown instanceof Refusal && tooLate.includes(thrown.code)) await refreshAfter(seeing)
    throw thrown
  }
  onDone()
  await refreshAfter(seeing)
}

export async function refreshAfter({
  refresh,
  onStale,
}: Pick<RunAndRefresh, 'refresh' | 'onStale'>): Promise<void> {
  try {
    await refresh()
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.code === 'signed_out') throw thrown
    onStale()
  }
}

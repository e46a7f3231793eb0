// Deletes what has served its time: sessions, challenges, invitations.
import { dayOf } from '#protocol/report'
import type { Deps } from '#worker/deps'
import { deleteExpired } from '#worker/store/sessions'

export const expireOld = (deps: Deps): Promise<void> =>
  deleteExpired(deps.db, deps.now(), dayOf(deps.now()))

import { Refusal, type ErrorCode } from '#protocol/errors'

export interface DeedAndLook {
  deed: () => Promise<void>
  /** the refusal that means "a colleague was faster": then too, one looks */
  tooLate: ErrorCode
  onDone: () => void
  look: () => Promise<void>
  /** looking failed: what is seen may be old */
  onStale: () => void
}

/** @throws what the deed threw, and `signed_out` of either; a look that fails otherwise is only said by `onStale` */
export async function doThenLook({ deed, tooLate, onDone, ...seeing }: DeedAndLook): Promise<void> {
  try {
    await deed()
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.code === tooLate) await lookAgain(seeing)
    throw thrown
  }
  onDone()
  await lookAgain(seeing)
}

export async function lookAgain({
  look,
  onStale,
}: Pick<DeedAndLook, 'look' | 'onStale'>): Promise<void> {
  try {
    await look()
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.code === 'signed_out') throw thrown
    onStale()
  }
}

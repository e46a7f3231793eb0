import { describe, expect, test, vi } from 'vitest'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { doThenLook } from '#site/staff/desk/do-then-look.ts'

const fine = () => Promise.resolve()
const refuse = (code: ErrorCode) => () => Promise.reject(new Refusal(code))

function watched(deed: () => Promise<void>, look: () => Promise<void>) {
  const [onDone, onStale, looked] = [vi.fn(), vi.fn(), vi.fn(look)]
  const all = { deed, tooLate: 'slot_taken' as const, onDone, onStale, look: looked }
  return { onDone, onStale, looked, doing: doThenLook(all) }
}

describe('a deed', () => {
  test('that went through is done also when the look at it fails', async () => {
    const { doing, onDone, onStale } = watched(fine, refuse('network'))
    await doing
    expect(onDone).toHaveBeenCalledOnce()
    expect(onStale).toHaveBeenCalledOnce()
  })

  test('that came too late keeps its own refusal when the look fails', async () => {
    const { doing, onDone, onStale } = watched(refuse('slot_taken'), refuse('network'))
    await expect(doing).rejects.toMatchObject({ code: 'slot_taken' })
    expect(onDone).not.toHaveBeenCalled()
    expect(onStale).toHaveBeenCalledOnce()
  })

  test('that was refused otherwise is not followed by a look', async () => {
    const { doing, looked } = watched(refuse('network'), fine)
    await expect(doing).rejects.toMatchObject({ code: 'network' })
    expect(looked).not.toHaveBeenCalled()
  })

  test('the end of the session is said whichever of the two meets it', async () => {
    await expect(watched(fine, refuse('signed_out')).doing).rejects.toMatchObject({
      code: 'signed_out',
    })
  })
})

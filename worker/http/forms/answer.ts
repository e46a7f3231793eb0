// Serves POST /api/form/{lang}/answer: shows replies, sends a follow-up or ends a thread, for a
// person without JavaScript. The digits of the receipt stay only in memory, and only during this
// request.
import { Hono, type Context } from 'hono'
import { Refusal } from '#protocol/errors'
import { destroyBody, readReceipt, receiptKeys } from '#protocol/report/receipt'
import { endThread } from '#worker/inbox/end-thread'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { isBeingRead, openReplies } from '#worker/inbox/read-reply'
import { sealingManifest } from '#worker/keys/current-keys'
import { pinnedRoot } from '#worker/forms/pages/fetch-page'
import { answerPage, type AnswerPage } from '#worker/forms/pages/answer'
import { requireLanguage } from '#worker/forms/pages/choose-language'
import { returnedTextPage } from '#worker/forms/pages/fallback-page'
import { writeAgain } from '#worker/forms/submit-form'
import { depsFrom, siteFrom, type EdgeApp } from '../app.ts'
import { codeOf, statusOf } from '../errors.ts'
import { readFormBody } from '../form-body.ts'

const EMPTY: AnswerPage = {
  answers: null,
  isBeingRead: false,
  receipt: null,
  done: null,
  refused: null,
  fields: new Map(),
}

export const answerRoutes = new Hono<EdgeApp>()
  .get('/:lang/answer', async (c) => {
    const lang = await requireLanguage(siteFrom(c), c.req.param('lang'))
    return c.redirect(`/${lang}/answer/`, 303)
  })
  .post('/:lang/answer', async (c) => {
    const lang = await requireLanguage(siteFrom(c), c.req.param('lang'))
    const shown = { ...EMPTY }
    try {
      await act(c, lang, shown)
    } catch (error) {
      const code = codeOf(error)
      shown.refused = { code, status: statusOf(code) }
    }
    try {
      return await answerPage(siteFrom(c), lang, shown)
    } catch (error) {
      const code = codeOf(error)
      return returnedTextPage(lang, shown.refused ?? { code, status: statusOf(code) }, shown.fields)
    }
  })

/**
 * Performs the action of the form. Each step records its result in `shown`, so that a refusal does
 * not lose earlier results.
 */
async function act(c: Context<EdgeApp>, lang: string, shown: AnswerPage): Promise<void> {
  const deps = depsFrom(c)
  // Fetches the keys before it reads the words: see worker/forms/submit-form.ts.
  const [keys] = await Promise.allSettled([sealingManifest(deps, () => pinnedRoot(siteFrom(c)))])
  const { fields, broken, file } = await readFormBody(c.req.raw)
  shown.fields = fields
  const typed = readReceipt(fields.get('receipt') ?? '')
  // The page keeps showing the receipt until the thread has ended, so that the person can try
  // again.
  if (!('code' in typed)) shown.receipt = typed.receipt
  // This form has no field for a file.
  if (broken || file) throw new Refusal('text_broken')
  if ('code' in typed) throw new Refusal(typed.code)
  const own = await receiptKeys(typed.receipt)

  const action = fields.get('action') ?? (fields.get('text') ? 'write' : 'read')
  if (action === 'destroy') {
    await endThread(deps, destroyBody(own))
    shown.receipt = null
    shown.done = 'destroyed'
    return
  }
  if (action === 'write') {
    if (keys.status === 'rejected') throw keys.reason
    await writeAgain(deps, keys.value, lang, own, fields)
    shown.done = 'written'
  } else if (action !== 'read') throw new Refusal('malformed')
  const replies = await withTimeout(() => openReplies(deps, own))
  shown.answers = replies === NO_ANSWER ? null : replies
  shown.isBeingRead = await isBeingRead(deps, own)
  // The page confirms the stored message even without replies; otherwise the person would send it
  // again.
  if (!shown.answers && !shown.done) throw new Refusal('unavailable')
}

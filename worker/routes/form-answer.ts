// POST /api/form/{lang}/answer: come back with a number, without JavaScript. The digits are in memory for this one request.
import { Hono, type Context } from 'hono'
import { Refusal } from '#protocol/errors'
import { destroyBody, readReceipt, receiptKeys } from '#protocol/receipt'
import { destroyThread } from '#worker/inbox/destroy'
import { inTime } from '#worker/in-time'
import { openInbox } from '#worker/inbox/open'
import { sealingManifest } from '#worker/keys/current'
import { pinnedRoot } from '#worker/pages/root'
import { answerPage, type AnswerPage } from '#worker/pages/answer'
import { requireLanguage } from '#worker/pages/language'
import { wordsBackPage } from '#worker/pages/words-back'
import { writeAgain } from '#worker/reports/submit-plain'
import { depsFrom, siteFrom, type App } from './app.ts'
import { codeOf, statusOf } from './errors.ts'
import { readPlainBody } from './plain-body.ts'

const EMPTY: AnswerPage = {
  answers: null,
  receipt: null,
  done: null,
  refused: null,
  fields: new Map(),
}

export const formAnswer = new Hono<App>()
  .get('/:lang/answer', (c) => c.redirect(`/${requireLanguage(c.req.param('lang'))}/answer/`, 303))
  .post('/:lang/answer', async (c) => {
    const lang = requireLanguage(c.req.param('lang'))
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
      return wordsBackPage(lang, shown.refused ?? { code, status: statusOf(code) }, shown.fields)
    }
  })

/** Does what was asked and notes in `shown`, step by step, what the page has to show, so that a refusal loses nothing. */
async function act(c: Context<App>, lang: string, shown: AnswerPage): Promise<void> {
  const deps = depsFrom(c)
  // As in form-tell.ts: the keys before the words.
  const [keys] = await Promise.allSettled([sealingManifest(deps, () => pinnedRoot(siteFrom(c)))])
  const { fields, broken, file } = await readPlainBody(c.req.raw)
  shown.fields = fields
  // No field of this form is a file.
  if (broken || file) throw new Refusal('text_broken')
  const typed = readReceipt(fields.get('receipt') ?? '')
  if ('code' in typed) throw new Refusal(typed.code)
  const own = await receiptKeys(typed.receipt)

  const action = fields.get('action') ?? (fields.get('text') ? 'write' : 'read')
  if (action === 'destroy') {
    await destroyThread(deps, destroyBody(own))
    shown.done = 'destroyed'
    return
  }
  shown.receipt = typed.receipt
  if (action === 'write') {
    if (keys.status === 'rejected') throw keys.reason
    await writeAgain(deps, keys.value, lang, own, fields)
    shown.done = 'written'
  } else if (action !== 'read') throw new Refusal('malformed')
  shown.answers = await inTime(() => openInbox(deps, own))
  // What was written is kept: that alone is said, or it would be sent again.
  if (!shown.answers && !shown.done) throw new Refusal('unavailable')
}

// POST /api/form/{lang}/send: letters that were locked elsewhere and came by hand, pasted by somebody without JavaScript.
import { Hono } from 'hono'
import { Refusal } from '#protocol/errors'
import { requireLanguage } from '#worker/pages/language'
import { sendPage } from '#worker/pages/send'
import { wordsBackPage } from '#worker/pages/words-back'
import { submitHandedLetters } from '#worker/reports/submit-handed'
import { depsFrom, siteFrom, type App } from './app.ts'
import { codeOf, statusOf } from './errors.ts'
import { readPlainBody } from './plain-body.ts'

export const formSend = new Hono<App>()
  .get('/:lang/send', (c) => c.redirect(`/${requireLanguage(c.req.param('lang'))}/send/`, 303))
  .post('/:lang/send', async (c) => {
    const lang = requireLanguage(c.req.param('lang'))
    let fields: ReadonlyMap<string, string> = new Map()
    let outcome: Parameters<typeof sendPage>[2]
    try {
      const body = await readPlainBody(c.req.raw)
      fields = body.fields
      // No field of this form is a file.
      if (body.file) throw new Refusal('letter_unreadable')
      outcome = await submitHandedLetters(depsFrom(c), fields.get('text') ?? '')
    } catch (error) {
      const code = codeOf(error)
      outcome = { code, status: statusOf(code) }
    }
    try {
      return await sendPage(siteFrom(c), lang, outcome, fields)
    } catch (error) {
      const code = codeOf(error)
      return wordsBackPage(
        lang,
        'code' in outcome ? outcome : { code, status: statusOf(code) },
        fields,
      )
    }
  })

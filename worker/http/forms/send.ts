// Serves POST /api/form/{lang}/send: stores letters that a person without JavaScript pastes on
// behalf of somebody else.
import { Hono } from 'hono'
import { Refusal } from '#protocol/errors'
import { requireLanguage } from '#worker/forms/pages/choose-language'
import { sendPage } from '#worker/forms/pages/send'
import { returnedTextPage } from '#worker/forms/pages/fallback-page'
import { submitLetters } from '#worker/forms/submit-letters'
import { depsFrom, siteFrom, type EdgeApp } from '../app.ts'
import { codeOf, statusOf } from '../errors.ts'
import { readFormBody } from '../form-body.ts'

export const sendRoutes = new Hono<EdgeApp>()
  .get('/:lang/send', async (c) => {
    const lang = await requireLanguage(siteFrom(c), c.req.param('lang'))
    return c.redirect(`/${lang}/send/`, 303)
  })
  .post('/:lang/send', async (c) => {
    const lang = await requireLanguage(siteFrom(c), c.req.param('lang'))
    let fields: ReadonlyMap<string, string> = new Map()
    let outcome: Parameters<typeof sendPage>[2]
    try {
      const body = await readFormBody(c.req.raw)
      fields = body.fields
      // This form has no field for a file.
      if (body.file) throw new Refusal('letter_unreadable')
      outcome = await submitLetters(depsFrom(c), fields.get('text') ?? '')
    } catch (error) {
      const code = codeOf(error)
      outcome = { code, status: statusOf(code) }
    }
    try {
      return await sendPage(siteFrom(c), lang, outcome, fields)
    } catch (error) {
      const code = codeOf(error)
      return returnedTextPage(
        lang,
        'code' in outcome ? outcome : { code, status: statusOf(code) },
        fields,
      )
    }
  })

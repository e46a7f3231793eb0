// Serves POST /api/form/{lang}: seals and stores the report in a form. Every response is a page.
// After a refusal, the page returns everything that the person wrote.
import { Hono } from 'hono'
import { Refusal } from '#protocol/errors'
import { sealingManifest } from '#worker/keys/current-keys'
import { requireLanguage } from '#worker/forms/pages/choose-language'
import { pinnedRoot } from '#worker/forms/pages/fetch-page'
import { sentPage, tellAgainPage } from '#worker/forms/pages/tell'
import { returnedTextPage } from '#worker/forms/pages/fallback-page'
import { submitForm } from '#worker/forms/submit-form'
import { depsFrom, siteFrom, type EdgeApp } from '../app.ts'
import { codeOf, statusOf } from '../errors.ts'
import { readFormBody } from '../form-body.ts'

export const tellRoutes = new Hono<EdgeApp>()
  // A person who reopens this address is redirected to the form.
  .get('/:lang', async (c) => {
    const lang = await requireLanguage(siteFrom(c), c.req.param('lang'))
    return c.redirect(`/${lang}/tell/`, 303)
  })
  .post('/:lang', async (c) => {
    const lang = await requireLanguage(siteFrom(c), c.req.param('lang'))
    const deps = depsFrom(c)
    let fields: ReadonlyMap<string, string> = new Map()
    try {
      // Fetches the keys before it reads the words: see worker/forms/submit-form.ts. The words are
      // read even without keys, so that the page can return them.
      const [keys] = await Promise.allSettled([
        sealingManifest(deps, () => pinnedRoot(siteFrom(c))),
      ])
      const body = await readFormBody(c.req.raw)
      fields = body.fields
      if (body.broken) throw new Refusal('text_broken')
      if (keys.status === 'rejected') throw keys.reason
      return await sentPage(
        siteFrom(c),
        lang,
        await submitForm(deps, keys.value, lang, fields, body.file),
      )
    } catch (error) {
      const code = codeOf(error)
      const refused = { code, status: statusOf(code) }
      try {
        return await tellAgainPage(siteFrom(c), lang, refused, fields)
      } catch {
        return returnedTextPage(lang, refused, fields)
      }
    }
  })

// POST /api/form/{lang}: the plain form. Every answer is a page of the build; a refusal brings back all that was written.
import { Hono } from 'hono'
import { Refusal } from '#protocol/errors'
import { sealingManifest } from '#worker/keys/current'
import { requireLanguage } from '#worker/pages/language'
import { pinnedRoot } from '#worker/pages/root'
import { sentPage, tellAgainPage } from '#worker/pages/tell'
import { wordsBackPage } from '#worker/pages/words-back'
import { submitPlainForm } from '#worker/reports/submit-plain'
import { depsFrom, siteFrom, type App } from './app.ts'
import { codeOf, statusOf } from './errors.ts'
import { readPlainBody } from './plain-body.ts'

export const formTell = new Hono<App>()
  // Somebody who reloads, or comes back to the address.
  .get('/:lang', (c) => c.redirect(`/${requireLanguage(c.req.param('lang'))}/tell/`, 303))
  .post('/:lang', async (c) => {
    const lang = requireLanguage(c.req.param('lang'))
    const deps = depsFrom(c)
    let fields: ReadonlyMap<string, string> = new Map()
    try {
      // The keys come first: see worker/reports/submit-plain.ts. If they are not there, the words are still read, and given back.
      const [keys] = await Promise.allSettled([
        sealingManifest(deps, () => pinnedRoot(siteFrom(c))),
      ])
      const body = await readPlainBody(c.req.raw)
      fields = body.fields
      if (body.broken) throw new Refusal('text_broken')
      if (keys.status === 'rejected') throw keys.reason
      return await sentPage(
        siteFrom(c),
        lang,
        await submitPlainForm(deps, keys.value, lang, fields, body.file),
      )
    } catch (error) {
      const code = codeOf(error)
      const refused = { code, status: statusOf(code) }
      try {
        return await tellAgainPage(siteFrom(c), lang, refused, fields)
      } catch {
        return wordsBackPage(lang, refused, fields)
      }
    }
  })

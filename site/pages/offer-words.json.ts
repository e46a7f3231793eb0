// Serves the words of the offer check, and the sentences of the signs beside its questions. The page
// fetches both when somebody pastes a text, and never sends the text.
import type { APIRoute } from 'astro'
import { languages } from '#content/languages.ts'
import { offerCheck, wordListOf } from '#content/offer-check.ts'
import { t } from '../i18n/text.ts'

const { beside } = offerCheck

export const GET: APIRoute = () =>
  Response.json({
    ...wordListOf(offerCheck),
    beside: Object.fromEntries(
      languages.map((lang) => [
        lang,
        beside.map(({ id }): [string, string] => [id, t(lang, `offer.beside.${id}`)]),
      ]),
    ),
  })

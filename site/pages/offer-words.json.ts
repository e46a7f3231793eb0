// Serves the words for the offer check, and the sentences that the page shows only after a search.
// The page fetches both when a person pastes a text, but never sends the text.
import type { APIRoute } from 'astro'
import { offerCheck } from '#content/offer-check.ts'
import { wordListOf } from '#content/offer-words.ts'
import { type SearchOutcome } from '../enhance/offer-check/pasted-advert.ts'
import { languagesOf } from '../i18n/languages.ts'
import { t } from '../i18n/text.ts'

export const GET: APIRoute = () =>
  Response.json({
    ...wordListOf(offerCheck),
    outcomes: Object.fromEntries(
      languagesOf('offer-check').map((lang) => [
        lang,
        {
          some: t(lang, 'offer.paste.found'),
          only: t(lang, 'offer.paste.only'),
          none: t(lang, 'offer.paste.none'),
          beside: t(lang, 'offer.paste.beside'),
          signs: offerCheck.beside.map(({ id }) => [id, t(lang, `offer.beside.${id}`)]),
        } satisfies SearchOutcome,
      ]),
    ),
  })

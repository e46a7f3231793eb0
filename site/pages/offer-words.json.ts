// Serves the words of the offer check. The page fetches the words when somebody pastes a text, and
// never sends the text.
import type { APIRoute } from 'astro'
import { offerCheck, patternsOf } from '#content/offer-check.ts'

export const GET: APIRoute = () => Response.json(patternsOf(offerCheck))

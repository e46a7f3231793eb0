// Serves the root key to the edge, so that the edge seals forms to the same keys as the pages.
import type { APIRoute } from 'astro'
import { readOrganisation } from '../integrations/organisation.ts'

export const GET: APIRoute = async () => new Response((await readOrganisation()).root)

// The pinned root key, for the edge: it seals for people whose browser runs no script, to the same keys as the pages do.
import type { APIRoute } from 'astro'
import { readOrganisation } from '../build/organisation.ts'

export const GET: APIRoute = async () => new Response((await readOrganisation()).root)

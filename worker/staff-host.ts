// Handles requests to the staff host. Cloudflare decides by path, never by host, which requests a
// worker receives before static files are served. The staff host therefore has a separate worker,
// which has neither files nor stores. This worker forwards only the staff app's requests to the
// site's worker.
import { Hono } from 'hono'
import { refuse } from './http/errors.ts'
import { secureHeaders } from './http/set-security-headers.ts'
import { HEALTH } from './http/hosts.ts'
import { requireHttps } from './http/require-https.ts'
import { STAFF_API, STAFF_FILES } from './staff-addresses.ts'

interface StaffHostApp {
  Bindings: {
    /** the site's worker */
    SITE: Fetcher
  }
}

const staffHost = new Hono<StaffHostApp>()
staffHost.use(secureHeaders)
staffHost.get('/', requireHttps, (c) => c.redirect('/staff/', 302))
for (const path of [...STAFF_FILES, STAFF_API, HEALTH])
  staffHost.all(path, (c) => c.env.SITE.fetch(c.req.raw))
staffHost.notFound((c) => refuse(c, 'not_found'))

export default { fetch: staffHost.fetch } satisfies ExportedHandler<StaffHostApp['Bindings']>

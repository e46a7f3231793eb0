// Mounts all routes and turns every error into a code.
import { Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { missingPage } from '#worker/forms/pages/fetch-page'
import { STAFF_API } from '#worker/staff-addresses'
import { siteFrom, type EdgeApp } from './app.ts'
import { checkRoutes } from './public/turnstile.ts'
import { codeOf, refuse } from './errors.ts'
import { fileRoutes } from './public/files.ts'
import { answerRoutes } from './forms/answer.ts'
import { sendRoutes } from './forms/send.ts'
import { tellRoutes } from './forms/tell.ts'
import { frontRoutes } from './public/front.ts'
import { anyOrigin, OPEN_TO_ANY_ORIGIN, secureHeaders } from './set-security-headers.ts'
import { isOnStaffHost, keepHostsApart } from './hosts.ts'
import { healthRoutes } from './public/health.ts'
import { inboxRoutes, keyRoutes, reportRoutes } from './public/reporter.ts'
import { requireHttps } from './require-https.ts'
import { appFileRoutes } from './staff/app-files.ts'
import { alertRoutes } from './staff/alerts.ts'
import { discardRoutes } from './staff/discards.ts'
import { staffOnly } from './staff/guard.ts'
import { staffFileRoutes } from './staff/files.ts'
import { ownKeyRoutes } from './staff/own-keys.ts'
import { peopleRoutes } from './staff/people.ts'
import { caseKeyRoutes } from './staff/case-keys.ts'
import { caseRoutes } from './staff/cases.ts'
import { receiverRoutes } from './staff/receivers.ts'
import { queueRoutes } from './staff/queue.ts'
import { pieceRoutes } from './staff/pieces.ts'
import { ledgerRoutes } from './staff/ledger.ts'
import { signedActionRoutes } from './staff/signed-actions.ts'

export const edge = new Hono<EdgeApp>()
edge.use(secureHeaders)
edge.use(requireHttps)
edge.use(keepHostsApart)
edge.use(
  methodNotAllowed({
    app: edge,
    onMethodNotAllowed: (c, methods) =>
      refuse(c, 'method_not_allowed', { Allow: methods.join(', ') }),
  }),
)
for (const path of OPEN_TO_ANY_ORIGIN) edge.use(path, anyOrigin)
edge.use(STAFF_API, staffOnly)

edge.route('/', frontRoutes)
edge.route('/api/keys', keyRoutes)
edge.route('/api/reports', reportRoutes)
edge.route('/api/inbox', inboxRoutes)
edge.route('/api/check', checkRoutes)
edge.route('/api/files', fileRoutes)
edge.route('/api/form', tellRoutes)
edge.route('/api/form', answerRoutes)
edge.route('/api/form', sendRoutes)
edge.route('/api/staff', peopleRoutes)
edge.route('/api/staff', ownKeyRoutes)
edge.route('/api/staff', ledgerRoutes)
edge.route('/api/staff', queueRoutes)
edge.route('/api/staff', caseRoutes)
edge.route('/api/staff', caseKeyRoutes)
edge.route('/api/staff', pieceRoutes)
edge.route('/api/staff', staffFileRoutes)
edge.route('/api/staff', alertRoutes)
edge.route('/api/staff', discardRoutes)
edge.route('/api/staff', receiverRoutes)
// These routes come last, because `discards/:id` also matches `discards/preview`.
edge.route('/api/staff', signedActionRoutes)
edge.route('/', appFileRoutes)
edge.route('/', healthRoutes)

// The not-found page is a public page, so the staff host responds only with the code.
edge.notFound(async (c) =>
  c.req.path.startsWith('/api/') || isOnStaffHost(c)
    ? refuse(c, 'not_found')
    : missingPage(siteFrom(c), c.req.path),
)
edge.onError((error, c) => refuse(c, codeOf(error)))

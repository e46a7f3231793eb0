// All routes in one place: mounts them, and turns every fault into a code.
import { Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { missingPage } from '#worker/pages/missing'
import { checkHealth } from '#worker/upkeep/health'
import { depsFrom, siteFrom, type App } from './app.ts'
import { check } from './check.ts'
import { codeOf, refuse } from './errors.ts'
import { files } from './files.ts'
import { formAnswer } from './form-answer.ts'
import { formSend } from './form-send.ts'
import { formTell } from './form-tell.ts'
import { front } from './front.ts'
import { anyOrigin, OPEN_TO_ANY_ORIGIN, secureHeaders } from './headers.ts'
import { inbox } from './inbox.ts'
import { keys } from './keys.ts'
import { reports } from './reports.ts'
import { staffOnly } from './staff/guard.ts'
import { files as staffFiles } from './staff/files.ts'
import { people } from './staff/people.ts'
import { reports as staffReports } from './staff/reports.ts'

export const edge = new Hono<App>()
edge.use(secureHeaders)
edge.use(
  methodNotAllowed({
    app: edge,
    onMethodNotAllowed: (c, methods) =>
      refuse(c, 'method_not_allowed', { Allow: methods.join(', ') }),
  }),
)
for (const path of OPEN_TO_ANY_ORIGIN) edge.use(path, anyOrigin)
edge.use('/api/staff/*', staffOnly)

edge.route('/', front)
edge.route('/api/keys', keys)
edge.route('/api/reports', reports)
edge.route('/api/inbox', inbox)
edge.route('/api/check', check)
edge.route('/api/files', files)
edge.route('/api/form', formTell)
edge.route('/api/form', formAnswer)
edge.route('/api/form', formSend)
edge.route('/api/staff', people)
edge.route('/api/staff', staffReports)
edge.route('/api/staff', staffFiles)
edge.get('/api/health', async (c) => {
  await checkHealth(depsFrom(c))
  return c.json({ ok: true })
})

edge.notFound(async (c) =>
  c.req.path.startsWith('/api/') ? refuse(c, 'not_found') : missingPage(siteFrom(c), c.req.path),
)
edge.onError((error, c) => refuse(c, codeOf(error)))

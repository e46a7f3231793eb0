// The worker: mounts the routes, turns every fault into a code, and clears up on a clock.
import { Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { Env } from '#worker/env'
import { missingPage } from '#worker/pages/missing'
import { checkHealth } from '#worker/upkeep/health'
import { expireOld } from '#worker/upkeep/expire'
import { depsFrom, depsOf, siteFrom, type App } from './routes/app.ts'
import { codeOf, refuse } from './routes/errors.ts'
import { files } from './routes/files.ts'
import { formAnswer } from './routes/form-answer.ts'
import { formSend } from './routes/form-send.ts'
import { formTell } from './routes/form-tell.ts'
import { front } from './routes/front.ts'
import { anyOrigin, secureHeaders } from './routes/headers.ts'
import { inbox } from './routes/inbox.ts'
import { keys } from './routes/keys.ts'
import { reports } from './routes/reports.ts'
import { staffOnly } from './routes/staff/guard.ts'
import { files as staffFiles } from './routes/staff/files.ts'
import { people } from './routes/staff/people.ts'
import { reports as staffReports } from './routes/staff/reports.ts'

const app = new Hono<App>()
app.use(secureHeaders)
app.use(
  methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) =>
      refuse(c, 'method_not_allowed', { Allow: methods.join(', ') }),
  }),
)
app.use('/api/reports', anyOrigin)
app.use('/api/inbox/*', anyOrigin)
app.use('/api/keys', anyOrigin)
app.use('/api/files/*', anyOrigin)
app.use('/api/staff/*', staffOnly)

app.route('/', front)
app.route('/api/keys', keys)
app.route('/api/reports', reports)
app.route('/api/inbox', inbox)
app.route('/api/files', files)
app.route('/api/form', formTell)
app.route('/api/form', formAnswer)
app.route('/api/form', formSend)
app.route('/api/staff', people)
app.route('/api/staff', staffReports)
app.route('/api/staff', staffFiles)
app.get('/api/health', async (c) => {
  await checkHealth(depsFrom(c))
  return c.json({ ok: true })
})

app.notFound(async (c) =>
  c.req.path.startsWith('/api/') ? refuse(c, 'not_found') : missingPage(siteFrom(c), c.req.path),
)
app.onError((error, c) => refuse(c, codeOf(error)))

export default {
  fetch: app.fetch,
  scheduled: (_event, env) => expireOld(depsOf(env)),
} satisfies ExportedHandler<Env>

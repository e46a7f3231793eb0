// Runs in front of the two workers on a developer's machine, where one server serves both hosts.
// This worker also forwards the clock's calls, because a local server calls only its first worker.
// A deployment never includes this file.
import staffHost from './staff-host.ts'

interface LocalEnv {
  STAFF_HOST: string
  /** the site's worker */
  SITE: Fetcher & { scheduled: (options: { scheduledTime: Date }) => Promise<{ outcome: string }> }
}

export default {
  fetch: (request, env, context) =>
    new URL(request.url).host === env.STAFF_HOST
      ? staffHost.fetch(request, env, context)
      : env.SITE.fetch(request),
  async scheduled({ scheduledTime }, env) {
    const { outcome } = await env.SITE.scheduled({ scheduledTime: new Date(scheduledTime) })
    if (outcome !== 'ok') throw new Error(outcome)
  },
} satisfies ExportedHandler<LocalEnv>

// Astro integration: names what nobody has looked at for 90 days. A warning, since an old number is still better than none.
import type { AstroIntegration } from 'astro'
import { contacts, network } from '../../content/published.ts'
import { buildTime, STALE_DAYS, staleOf } from '../../content/stale.ts'

export function staleWarning(): AstroIntegration {
  return {
    name: 'stale-checks',
    hooks: {
      'astro:build:start': ({ logger }) => {
        const names = staleOf([...contacts, ...network], buildTime()).map(({ id }) => id)
        if (names.length > 0)
          logger.warn(`not checked for more than ${STALE_DAYS} days: ${names.join(', ')}`)
      },
    },
  }
}

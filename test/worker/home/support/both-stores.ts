// Provides the stores of scripts/home and of workerd, so that a test can compare their responses.
import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll } from 'vitest'
import { HomeBucket } from '#scripts/home/bucket'
import { HomeDatabase } from '#scripts/home/database'
import { startWorkerd } from '#scripts/lab/workerd'
import { anyPort } from '#scripts/shared/ports'

interface Stores {
  db: D1Database
  bucket: R2Bucket
}

/**
 * Starts workerd for the tests of a file.
 *
 * @returns a function that calls home and workerd, in this order
 */
export function bothStores() {
  let runtime: Miniflare
  let both: [Stores, Stores]
  beforeAll(async () => {
    const script = 'export default { fetch: () => new Response() }'
    runtime = startWorkerd({ script, port: await anyPort() })
    both = [
      { db: new HomeDatabase().binding(), bucket: new HomeBucket().binding() },
      {
        db: await runtime.getD1Database('DB'),
        bucket: (await runtime.getR2Bucket('FILES')) as unknown as R2Bucket,
      },
    ]
  })
  afterAll(() => runtime.dispose())
  return async <Answer>(ask: (stores: Stores) => Promise<Answer>): Promise<[Answer, Answer]> => [
    await ask(both[0]),
    await ask(both[1]),
  ]
}

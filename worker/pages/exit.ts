// Where the quick exit leads: a neutral address that content/schema.ts has checked at build.
import foundation from '#content/foundation.json' with { type: 'json' }

export const exitAddress: string = foundation.exit.value

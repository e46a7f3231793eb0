// Where the quick exit leads: the neutral address that the Foundation has chosen, or null while it has chosen none.
import foundation from '#content/foundation.json' with { type: 'json' }

const chosen: unknown = foundation['exit.url'].value

export const exitAddress: string | null =
  typeof chosen === 'string' && chosen.startsWith('https://') ? chosen : null

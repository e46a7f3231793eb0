// Returns the origin of the staff app, and knows the names of a developer's own machine.
const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]']

/** Returns true for a name without a network between browser and edge. */
export const isThisMachine = (hostname: string): boolean => THIS_MACHINE.includes(hostname)

/**
 * Returns the origin of the staff app: `https:`, or `http:` on a developer's own machine.
 *
 * @param host  STAFF_HOST, with the port if it has one
 */
export const staffOriginOf = (host: string): string =>
  `${isThisMachine(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}`

// Returns the fixed URL of a script that runs outside the page. The page's policy allows one
// Trusted Types policy for each script, which returns only this URL.

interface Factory {
  createPolicy: (
    name: string,
    rules: { createScriptURL: () => string },
  ) => { createScriptURL: (address: string) => string }
}

/** The names that the page's policy allows: see site/integrations/policies.ts. */
type PolicyName = 'alerts' | 'pdf'

// A browser refuses a second policy with the same name.
const given = new Map<PolicyName, string>()

export function constantAddress(name: PolicyName, address: string): string {
  const known = given.get(name)
  if (known !== undefined) return known
  // Guarantee: a browser has the standard factory, or none.
  const factory = Reflect.get(window, 'trustedTypes') as Factory | undefined
  const policy = factory?.createPolicy(name, { createScriptURL: () => address })
  const made = policy?.createScriptURL('') ?? address
  given.set(name, made)
  return made
}

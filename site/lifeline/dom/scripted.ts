// Inserts into the page the markup that needs a script. A page's script imports this module first,
// because the other modules look for elements in this markup.

// Chrome before 83, Firefox before 148 and Safari before 26 do not support Trusted Types.
declare global {
  interface Window {
    readonly trustedTypes?: { createPolicy(name: string, rules: Rules): Rules }
  }
}
interface Rules {
  createHTML(markup: string): string
  createScript(code: string): string
}

const rules: Rules = { createHTML: (markup) => markup, createScript: (code) => code }
const { trustedTypes } = window
/** The page's only policy: for its own markup, and for the tools whose hashes the page contains. */
export const policy = trustedTypes ? trustedTypes.createPolicy('tool', rules) : rules

for (const part of document.querySelectorAll('[type="text/html"]'))
  part.outerHTML = policy.createHTML(part.textContent)

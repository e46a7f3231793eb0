/**
 * Returns true for a throw-away organisation, as in the demo. Its figures are invented, and its keys
 * are never deployed.
 */
export const isTrial = (): boolean => document.getElementById('app')?.dataset['trial'] !== undefined

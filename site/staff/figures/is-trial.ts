/** Returns true for a throw-away organisation, as in the demo, whose people are invented. */
export const isTrial = (): boolean => document.getElementById('app')?.dataset['trial'] !== undefined

/** Returns true for a throw-away organisation whose people are invented, such as the demo. */
export const isTrial = (): boolean => document.getElementById('app')?.dataset['trial'] !== undefined

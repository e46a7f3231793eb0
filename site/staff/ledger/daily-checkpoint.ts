// Gathers the daily work on checkpoints, which a browser fetches once a day.
export { compareCases } from './compare-cases.ts'
export { signCheckpoint } from './sign-checkpoint.ts'

// Gathers the daily work on checkpoints, whose code a browser fetches once a day.
export { compareCases } from './compare-cases.ts'
export { forgetSigned } from './known-heads.ts'
export { signCheckpoint } from './sign-checkpoint.ts'
